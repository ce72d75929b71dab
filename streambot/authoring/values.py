"""Values: what an entry takes from the products file - the ``{…}`` of its answers, its products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from streambot.authoring.closest import closest
from streambot.authoring.faq_file import Draft
from streambot.authoring.meant import meant_word
from streambot.authoring.problem import Place, Problem
from streambot.domain.product import Catalogue, Product

_BRACES = re.compile(r"\{([^{}\n]*)\}")
_PRODUCT_VALUES = ("id", "name", "link", "price", "stock", "coupon", "notes", "sizes")
_CHINESE = {
    "商品.价格": "product.price",
    "商品.库存": "product.stock",
    "商品.优惠": "product.coupon",
    "商品.名称": "product.name",
    "观众.昵称": "viewer.name",
}
#: An opening brace that no plain one closes, a full-width one, or a value that nothing opens.
_STRAY = re.compile(
    r"[{｛]+(?P<inside>[^{}｛｝\n]{0,40})[}｝]+|[{｛]|(?P<name>[A-Za-z_]+\.[A-Za-z_]+)[}｝]"
)
_WORD = re.compile(r"\s*([A-Za-z_]+(?:\.[A-Za-z_]+)?)")
_OFFERED = 3


def values_of(draft: Draft, catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with the values of an entry's answers, and with the products it names."""
    known = _known(catalogue)
    for answer in draft.entry.answers:
        yield from _strays(draft, answer, known)
        for name in _BRACES.findall(answer):
            if name not in known:
                yield _unknown(draft, answer, name, known)
            elif name.startswith("product.") and not catalogue.products:
                yield _no_products(draft, answer, name)
    for name in draft.entry.products if catalogue.products else ():
        if not any(name in (each.id, str(each.link)) for each in catalogue.products):
            yield _no_such_product(draft, name, catalogue)


def _known(catalogue: Catalogue) -> list[str]:
    known = [f"product.{name}" for name in _PRODUCT_VALUES]
    return [*known, *(f"shop.{name}" for name in catalogue.shop), "viewer.name"]


def _problem(
    draft: Draft, place: Place, code: str, zh: str, en: str, fixed: str | None = None
) -> Problem:
    found = draft.source.line(place.line)
    return Problem(
        place=place,
        code=code,
        zh=zh,
        en=en.strip(),
        key=draft.entry.id,
        found=found,
        corrected=fixed,
    )


def _strays(draft: Draft, answer: str, known: list[str]) -> Iterator[Problem]:
    """A brace that would be read out in the room: full-width, or never closed."""
    names = {name: name for name in known} | _CHINESE
    strays = [
        each for each in _STRAY.finditer(answer) if not _BRACES.fullmatch(each[0])
    ]
    if not strays:
        return
    better = [_closed(each, answer, names) for each in strays]
    mended = "" if None in better else answer
    for words in better:
        mended = mended.replace(*words, 1) if words and mended else ""
    place, first = draft.at(answer), strays[0]
    line = draft.source.line(place.line)
    if answer in line:
        column = line.index(answer) + first.start() + 1
        place = Place(file=place.file, line=place.line, column=column)
    fixed = line.replace(answer, mended, 1) if mended and answer in line else None
    shown = mended if mended else "{product.price}"
    yield _problem(
        draft,
        place,
        "E206",
        f"“{first[0][:40]}”会照样发出去：填值用英文的 {{ }} 括好，如 {shown[:60]}；不是值就用（）。",
        f'"{first[0][:40]}" in the answer would be said as it stands: a value stands between {{ and }}.',
        fixed,
    )


def _closed(
    stray: re.Match[str], answer: str, names: Mapping[str, str]
) -> tuple[str, str] | None:
    """The words of *stray* and what stands for them, where that is sure."""
    inside = stray["inside"] or stray["name"]
    if inside is not None:
        meant = _meant(inside, names)
        return (stray[0], f"{{{meant}}}") if meant else None
    rest = answer[stray.end() :]
    if not rest.strip("{｛"):
        return None
    opened = max((name for name in names if rest.startswith(name)), key=len, default="")
    if opened:
        return stray[0] + opened, f"{{{names[opened]}}}"
    word = _WORD.match(rest)
    meant = _meant(word[1], names) if word is not None else None
    return (stray[0] + word[0], f"{{{meant}}}") if word and meant else None


def _meant(name: str, names: Mapping[str, str]) -> str | None:
    """The value that *name* is surely a slip of; its owner may be missing."""
    plain = name.strip().lower()
    if plain in names:
        return names[plain]
    owner, _, key = plain.rpartition(".")
    if not owner:
        meant = {names[each] for each in names if each.partition(".")[2] == key}
        return meant.pop() if len(meant) == 1 else None
    of = meant_word(owner, {each.partition(".")[0] for each in names})
    keys = {each.partition(".")[2]: each for each in names if each.startswith(f"{of}.")}
    likely = meant_word(key, keys)
    return None if likely is None else names[keys[likely]]


def _unknown(draft: Draft, answer: str, name: str, known: list[str]) -> Problem:
    place = draft.at(answer)
    likely = _meant(name, {each: each for each in known} | _CHINESE)
    line = draft.source.line(place.line)
    hint_zh = f"是不是想写 {{{likely}}}？" if likely else _offer(name, known)
    hint_en = f"Did you mean {{{likely}}}?" if likely else ""
    return _problem(
        draft,
        place,
        "E206",
        f"回答里的 {{{name[:40]}}} 不知道填什么。{hint_zh}",
        f"{{{name[:40]}}} in the answer is unknown. {hint_en}",
        line.replace(f"{{{name}}}", f"{{{likely}}}") if likely else None,
    )


def _offer(name: str, known: list[str]) -> str:
    if (shop := re.fullmatch(r"shop\.([a-z_]+)", name.strip())) is not None:
        return f"请在商品文件的“店铺”下面写上 {shop[1]}。"
    return f"可以用：{'、'.join(known)}，或“店铺”下面写了的。"


def _no_products(draft: Draft, answer: str, name: str) -> Problem:
    return _problem(
        draft,
        draft.at(answer),
        "W310",
        f"{{{name}}} 要从商品文件里取，可是没有商品；这句暂时用不上。",
        f"{{{name}}} comes from the products file, and there is none: this answer can't be used yet.",
    )


def _no_such_product(draft: Draft, name: str, catalogue: Catalogue) -> Problem:
    """A product that isn't sold: without another one the entry answers nobody."""
    place = draft.at(name)
    line = draft.source.line(place.line)
    likely = _likely(name, catalogue)
    listed = "、".join(
        _shown(each) for each in (likely or catalogue.products[:_OFFERED])
    )
    more = "" if likely or len(catalogue.products) <= _OFFERED else "…"
    zh = f"是不是想写 {listed}？" if likely else f"有的是：{listed}{more}。"
    en = f"Did you mean {listed}?" if likely else f"There are: {listed}{more}."
    fixed = None
    if len(likely) == 1 and line.count(name) == 1:
        fixed = line.replace(name, likely[0].id)
    return _problem(
        draft,
        place,
        "W311",
        f"商品文件里没有“{name}”，{_effect(draft, catalogue)}；要写编号或链接号。{zh}",
        f'The products file has no "{name}": write an id or a link number. {en}',
        fixed,
    )


def _effect(draft: Draft, catalogue: Catalogue) -> str:
    sold = {word for each in catalogue.products for word in (each.id, str(each.link))}
    some = any(name in sold for name in draft.entry.products)
    return "这个写了没用" if some else "这条答不到任何商品"


def _likely(name: str, catalogue: Catalogue) -> list[Product]:
    """The products that *name* was probably meant for."""
    called = {
        word: product
        for product in reversed(catalogue.products)
        for word in (product.id, product.name, *product.aliases)
    }
    same = [
        product
        for product in catalogue.products
        if name in (product.name, *product.aliases)
    ]
    if same:
        return same[:_OFFERED]
    within = {
        word for word in called if name in word or (len(word) > 1 and word in name)
    }
    near = closest(name, called)
    words = [*([near] if near else []), *sorted(within)]
    found = {called[word].id: called[word] for word in words}
    return list(found.values())[:_OFFERED]


def _shown(product: Product) -> str:
    link = "" if product.link is None else f"，{product.link} 号链接"
    return (
        f"{product.id}（{product.name}{link}）"
        if product.id != product.name
        else product.id
    )
