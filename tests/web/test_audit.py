"""The audit over HTTP: what people do is in it, and a file of it is harmless."""

from __future__ import annotations

from streambot.domain.audit import Act, Deed
from tests.web.site import ROOM, Site


async def test_acts_are_audited_and_refused_ones_are_not(site: Site) -> None:
    """A switch that is done has a row with who, role and room; one that is refused has none."""
    agent, boss = await site.log_in("小王"), await site.log_in("李姐")
    path, body = f"/api/rooms/{ROOM}/mode", {"mode": "silent"}
    async with agent.post(path, body) as answer:
        assert answer.status == 403
    async with boss.post(path, body) as answer:
        assert answer.status == 200
    async with boss.post("/api/login", {"name": "小王", "password": "x"}) as answer:
        assert answer.status == 401
    async with boss.get("/api/audit") as answer:
        rows = (await answer.json())["rows"]
    assert [
        (row["actor"], row["action"], row["role"], row["room"]) for row in rows
    ] == [
        ("小王", "login_refused", "agent", ""),
        ("李姐", "mode", "supervisor", ROOM),
        ("李姐", "login", "supervisor", ""),
        ("小王", "login", "agent", ""),
    ]
    async with boss.get("/api/audit?action=mode&actor=李姐") as answer:
        (row,) = (await answer.json())["rows"]
    assert row["data"] == "mode=silent"
    async with boss.get("/audit?action=mode") as answer:
        page = await answer.text()
    assert "切换助手模式" in page and "mode=silent" in page and "记录完整" in page


async def test_an_exported_file_holds_no_formula(site: Site) -> None:
    """What anybody typed is a text to a spreadsheet; taking the file is audited itself."""
    nasty = '=HYPERLINK("http://x")'
    deed = Deed(
        at=site.clock.now(), actor=nasty, action=Act.LOGIN_REFUSED, reason="@SUM(1)"
    )
    await site.store.audit(deed)
    boss = await site.log_in("李姐")
    async with boss.get("/api/audit?format=csv&action=login_refused") as answer:
        text = await answer.text()
        assert "attachment" in answer.headers["Content-Disposition"]
    assert "'=HYPERLINK" in text and "'@SUM(1)" in text
    assert not any(cell.startswith(("=", "@")) for cell in text.split(","))
    async with boss.get("/api/audit?action=export") as answer:
        assert len((await answer.json())["rows"]) == 1


async def test_nonsense_is_refused_in_a_sentence(site: Site) -> None:
    """A filter that can't be read is told, never guessed."""
    boss = await site.log_in("李姐")
    for asked in ("action=nothing", "before=-1", "before=" + "9" * 40):
        async with boss.get(f"/api/audit?{asked}") as answer:
            assert answer.status == 400
