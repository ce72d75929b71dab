"""Password: which ones are refused, before they are hashed and forgotten."""

from __future__ import annotations

from dataclasses import dataclass

#: Shorter passwords are refused.
SHORTEST = 8
#: Longer ones too: hashing is made costly on purpose.
LONGEST = 256
#: What is tried first by whoever tries; compared without case and ends of digits and signs.
_COMMON_WORDS = """password passwort passw0rd p@ssword p@ssw0rd pass pwd admin administrator root user
    guest test demo hello welcome letmein login master secret qwerty qwertyui qwertyuiop
    qwer qwerasdf qazwsx qazwsxedc asdf asdfgh asdfghjkl zxcvbn zxcvbnm abc abcd abcde abcdef
    abcdefg abcdefgh abcabc aabbcc iloveyou woaini woaini520 woaiwojia wodemima mima dragon
    monkey football baseball sunshine princess superman batman trustno changeme default
    streambot console kefu zhubo zhibo zhibojian dianpu taobao tmall douyin kuaishou pinduoduo
    jingdong weixin wechat alipay zhifubao huawei xiaomi beijing shanghai china aini laopo
    laogong baobao woshishui nihao guanliyuan zhuguan"""
_COMMON = frozenset(_COMMON_WORDS.split())
_RUNS = (
    "01234567890",
    "09876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakPassword:
    """Why a password is not taken."""

    zh: str
    en: str


def why_weak(password: str, name: str) -> WeakPassword | None:
    """What is wrong with *password* for the account *name*; None: it may be used."""
    if len(password) < SHORTEST:
        return WeakPassword(
            zh=f"密码至少 {SHORTEST} 个字符，请换一个长一点的。",
            en=f"A password has at least {SHORTEST} characters: choose a longer one.",
        )
    if len(password) > LONGEST:
        return WeakPassword(
            zh=f"密码最多 {LONGEST} 个字符。",
            en=f"A password has at most {LONGEST} characters.",
        )
    if _is_easy(password.casefold(), name.casefold()):
        return WeakPassword(
            zh="这个密码太常见，别人一猜就中，请换一个。",
            en="This password is among the first to be guessed: choose another.",
        )
    return None


def _is_easy(password: str, name: str) -> bool:
    bare = password.strip("0123456789!@#$%^&*._-+ ")
    if not bare:
        # Digits alone: birthdays and phone numbers are eight to eleven of them.
        return len(password) < 12 or len(set(password)) <= 3
    if bare in _COMMON or password in _COMMON or (name and name in (bare, password)):
        return True
    if len(set(password)) <= 3:
        return True
    return any(password in run or bare in run for run in _RUNS if len(bare) >= 4)
