"""Brings models onto this machine: the only module that may use the network, and only when the user asks.

Everything is written under a temporary name, checked, then renamed, so that a broken download leaves nothing.
"""

from __future__ import annotations

import re
import shutil
import socket
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadModelError, ModelMissingError, UsageError
from classroom_analyzer.models.backbone_folder import check_backbone_folder
from classroom_analyzer.models.catalogue import PACKS, CatalogueEntry
from classroom_analyzer.models.safe import load_card, load_tensors, sha256_of
from classroom_analyzer.models.store import InstalledRecord, ModelFiles, ModelStore

__all__ = ["add", "install"]

CONNECT_TIMEOUT_S = 10
_CHUNK_BYTES = 1 << 16
_NAME = re.compile(r"[\w.-]{1,64}")
_BACKBONE_FILES = ("*.json", "*.safetensors", "*.txt", "*.model")


def install(
    store: ModelStore,
    spec: str,
    *,
    source: Path | None = None,
    role: str = "backbone",
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ModelFiles:
    """Install a pack or a backbone.

    Args:
        store: Where to.
        spec: ``pack:NAME`` or ``hf:OWNER/NAME@REVISION``.
        source: File or folder to take it from; None downloads it.
        role: What a backbone is for, kept in its record.
        progress: Reports bytes.
        cancel: Looked at between chunks.

    Raises:
        UsageError: The spec cannot be installed.
        ModelMissingError: The network or the source cannot be reached.
        BadModelError: What came is not what it must be.
    """
    pack = next((entry for entry in PACKS if entry.spec == spec), None)
    if pack is not None:
        _install_pack(store, pack, source, progress, cancel or CancelToken())
    elif spec.startswith("hf:"):
        _install_backbone(store, spec, source, role)
    elif spec.startswith("bundled:"):
        raise UsageError(f"{spec} arrives with the installation; there is nothing to install")
    else:
        raise UsageError(f"{spec!r} cannot be installed; packs are: {', '.join(e.spec for e in PACKS)}")
    return store.resolve(spec, role)


def add(store: ModelStore, name: str, path: Path) -> ModelFiles:
    """Register a local bundle (safetensors and its card) as ``local:NAME``.

    Raises:
        UsageError: The name has odd characters.
        BadModelError: The bundle or its card is refused.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be a model's name; use letters, digits, '.', '_' and '-'")
    load_tensors(path)
    load_card(path)
    spec = f"local:{name}"
    folder = _staged(store, spec)
    for file in (path, path.with_suffix(".json")):
        shutil.copyfile(file, folder / file.name)
    _swap_in(store, spec, folder)
    store.record(InstalledRecord(spec, "fusion", "unknown", sha256_of(path), path.name))
    return store.resolve(spec, "fusion")


def _install_pack(
    store: ModelStore, pack: CatalogueEntry, source: Path | None, progress: Progress, cancel: CancelToken
) -> None:
    folder = _staged(store, pack.spec)
    target = folder / pack.file
    try:
        if source is None:
            _download(pack, target, progress, cancel)
        else:
            file = source / pack.file if source.is_dir() else source
            if not file.is_file():
                raise ModelMissingError(pack.spec, f"{file} is not a file")
            shutil.copyfile(file, target)
        if sha256_of(target) != pack.sha256:
            raise BadModelError(source or target.name, f"it is not the file that {pack.spec} must be")
        _swap_in(store, pack.spec, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _install_backbone(store: ModelStore, spec: str, source: Path | None, role: str) -> None:
    folder = _staged(store, spec)
    try:
        if source is None:
            _download_backbone(spec, folder)
        else:
            if not source.is_dir():
                raise ModelMissingError(spec, f"{source} is not a folder in the Hugging Face layout")
            check_backbone_folder(source)
            for pattern in _BACKBONE_FILES:
                for file in source.glob(pattern):
                    shutil.copyfile(file, folder / file.name)
        check_backbone_folder(folder)
        _swap_in(store, spec, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    store.record(InstalledRecord(spec, role, "unknown", sha256_of(store.folder_of(spec))))


def _download(pack: CatalogueEntry, target: Path, progress: Progress, cancel: CancelToken) -> None:
    if pack.address is None:
        raise ModelMissingError(pack.spec, "it has no address; use --from FILE")
    try:
        with urllib.request.urlopen(pack.address, timeout=CONNECT_TIMEOUT_S) as reply, target.open("wb") as stream:
            done = 0
            while chunk := reply.read(_CHUNK_BYTES):
                cancel.raise_if_cancelled()
                stream.write(chunk)
                done += len(chunk)
                progress(f"downloading {pack.spec}", done, pack.size_bytes)
                if pack.size_bytes is not None and done > pack.size_bytes:
                    raise BadModelError(pack.address, "it is larger than it must be")
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise ModelMissingError(pack.spec, _offline_remedy(pack.address, pack.spec)) from error


def _download_backbone(spec: str, folder: Path) -> None:
    host = "huggingface.co"
    try:
        socket.create_connection((host, 443), timeout=CONNECT_TIMEOUT_S).close()
    except OSError as error:
        raise ModelMissingError(spec, _offline_remedy(host, spec)) from error
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    repository, _, revision = spec.removeprefix("hf:").partition("@")
    try:
        snapshot_download(repository, revision=revision, local_dir=folder, allow_patterns=list(_BACKBONE_FILES))
    except (HfHubHTTPError, OSError) as error:
        raise ModelMissingError(
            spec, f"{host} does not give it ({error.__class__.__name__}); check the name"
        ) from error


def _offline_remedy(address: str, spec: str) -> str:
    return (
        f"{address} cannot be reached; go online, or use: classroom-analyzer models install {spec} --from FILE_OR_DIR"
    )


def _staged(store: ModelStore, spec: str) -> Path:
    store.folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{store.folder_of(spec).name}-", dir=store.folder))


def _swap_in(store: ModelStore, spec: str, staged: Path) -> None:
    final = store.folder_of(spec)
    if final.exists():
        shutil.rmtree(final)
    staged.rename(final)
