"""What SQLite's own errors mean for a person: full, locked, broken or a mistake of ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from streambot.errors import StoreBroken, StoreError, StoreFull, StoreLocked

_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_FULL |= {sqlite3.SQLITE_CANTOPEN}
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def store_error(error: BaseException, path: Path) -> BaseException:
    """*error* as the store's own, one sentence each; anything that is not SQLite's stays itself."""
    if not isinstance(error, sqlite3.Error):
        return error
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code
    if code in _FULL:
        return StoreFull(
            f"无法写入 {path}（磁盘已满或不可写）：请腾出空间，恢复后会自动继续。 "
            f"Can't write {path} ({error}): free some disk space, work resumes by itself."
        )
    if code in _BROKEN:
        return StoreBroken(
            f"数据文件 {path} 已损坏：请从备份恢复，或移走它后重新启动。 "
            f"The store {path} is damaged ({error}): restore a backup, or move it away and start again."
        )
    if code in _LOCKED:
        return locked(path.parent)
    return StoreError(f"存储出错 The store {path} failed: {error}")


def locked(data_dir: Path) -> StoreLocked:
    """Another process works on this directory."""
    return StoreLocked(
        f"另一个 streambot 正在使用 {data_dir}：请先停止它，或在 config.yaml 里换一个 data_dir。 "
        f"Another streambot uses {data_dir}: stop it, or set another data_dir in config.yaml."
    )


def newer(path: Path, revision: str) -> StoreBroken:
    """The file was written by a newer streambot."""
    return StoreBroken(
        f"数据文件 {path} 来自更新的版本（{revision}）：请升级 streambot，或换一个 data_dir。 "
        f"The store {path} was written by a newer streambot (revision {revision}): "
        "upgrade streambot, or use another data_dir."
    )
