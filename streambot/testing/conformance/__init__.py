"""The conformance suite of connectors: what each must hold, against any peer; docs/connectors.md.

CASES = conformance(serving, lacks={Feature.HISTORY})

@pytest.mark.parametrize("case", CASES, ids=str)
async def test_it_conforms(case: Case) -> None:
    await case()
"""

from streambot.testing.conformance.case import Case, conformance
from streambot.testing.conformance.peer import Feature, Happening, RoomPeer, Serving

__all__ = ["Case", "Feature", "Happening", "RoomPeer", "Serving", "conformance"]
