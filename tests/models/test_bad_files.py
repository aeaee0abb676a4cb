"""A bad model file is refused with one sentence before anything in it runs and before memory is asked for."""

from __future__ import annotations

import json
import os
import pickle
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.cli.main import run
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.install import add
from classroom_analyzer.models.safe import load_card, load_tensors, sha256_of
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.backbones import TextBackbone
from tests.models.bad_files import DAMAGES, Canary, change_tensors, damage, sign, write_pickle
from tests.perception.tiny_models import tiny_bert
from tests.training.datasets.clip_files import write_clip

MOST_KB = 150 * 1024  # the largest file here has 17 MB, most have a few kilobytes


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """A file that comes into being when something bad is executed."""
    path = tmp_path / "canary"
    yield path
    assert not path.exists(), "something in a bad file was executed"


@contextmanager
def refused(reason: str = ".") -> Iterator[None]:
    """The block raises ``BadModelError`` with one sentence and asks for little memory."""
    before = _most_memory_kb()
    with pytest.raises(BadModelError, match=reason) as caught:
        yield
    assert _most_memory_kb() - before < MOST_KB
    assert caught.value.exit_code == 3
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 500


def _most_memory_kb() -> int:
    """The most that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A sound weight file with its card."""
    path = tmp_path / "model.safetensors"
    save_file({"w": np.ones(4, np.float32)}, path)
    path.with_suffix(".json").write_text(json.dumps({"name": "test", "sha256": sha256_of(path)}), encoding="utf-8")
    return path


def test_the_canary_sings_when_a_pickle_is_opened(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Canary(tmp_path / "canary")))
    assert (tmp_path / "canary").exists()


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_weight_file_that_is_none_is_refused(weights: Path, canary: Path, kind: str) -> None:
    damage(kind, weights, canary)
    with refused():
        load_tensors(weights)


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_bundle_of_the_users_is_not_added_when_it_is_none(
    weights: Path, canary: Path, tmp_path: Path, kind: str
) -> None:
    damage(kind, weights, canary)
    sign(weights)  # whoever made it made the card too
    store = ModelStore(tmp_path / "home")
    with refused():
        add(store, "mine", weights)
    assert not store.records()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300])
def test_weights_that_are_no_finite_float32_are_refused(weights: Path, value: float) -> None:
    change_tensors(weights, lambda tensors: tensors.update(w=np.array([0.0, value])))
    with refused("not numbers"):
        load_tensors(weights)


def test_complex_weights_are_refused(weights: Path) -> None:
    change_tensors(weights, lambda tensors: tensors.update(w=np.ones(3, np.complex64)))
    with refused("complex"):
        load_tensors(weights)


@pytest.mark.parametrize("name", ["/dev/zero", "pipe", "gone"])
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "pipe":
        os.mkfifo(path)
    elif name == "/dev/zero" and not path.exists():
        pytest.skip("there is no /dev/zero on this machine")
    with refused():
        load_tensors(path)
    with refused():
        sha256_of(path)


CARDS: dict[str, bytes] = {
    "no JSON": b"nothing",
    "other bytes": b"\xff\xfe\x00",
    "a list": b"[]",
    "nested without end": b"[" * 200_000,
    "a number without end": b'{"sha256": ' + b"9" * 100_000 + b"}",
    "too long": b'{"a": "' + b"x" * (5 * 1024 * 1024) + b'"}',
    "of another file": b'{"sha256": "00"}',
    "with a list as hash": b'{"sha256": ["00"]}',
    "pickled": b"\x80\x04\x95",
}


@pytest.mark.parametrize("card", CARDS)
def test_a_card_that_is_none_or_of_another_file_is_refused(weights: Path, card: str) -> None:
    weights.with_suffix(".json").write_bytes(CARDS[card])
    with refused("its card|its card model.json describes"):
        load_card(weights)


def test_a_missing_card_is_refused(weights: Path) -> None:
    weights.with_suffix(".json").unlink()
    with refused("a model without a card is not used"):
        load_card(weights)


@pytest.mark.parametrize("record", [b"[" * 200_000, b"[1]", b"{}", b"\xff"])
def test_a_damaged_record_of_an_installed_model_is_refused(tmp_path: Path, record: bytes) -> None:
    store = ModelStore(tmp_path)
    (store.folder / "local--mine").mkdir(parents=True)
    (store.folder / "local--mine" / "installed.json").write_bytes(record)
    with refused("its record cannot be read"):
        store.resolve("local:mine", "fusion")


# Backbones: folders in the Hugging Face layout.

CODE = "from pathlib import Path\nPath({!r}).touch()\nclass Evil: pass\n"
Spoil = Callable[[Path, Path], object]


def configure(**changes: object) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        path = folder / "config.json"
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**config, **changes}), encoding="utf-8")
        (folder / "evil.py").write_text(CODE.format(str(canary)), encoding="utf-8")

    return spoil


def put(name: str, content: object) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name).write_text(text, encoding="utf-8")
        (folder / "evil.py").write_text(CODE.format(str(canary)), encoding="utf-8")

    return spoil


def name_as_weights(name: str, *, by_index: bool) -> Spoil:
    """Let the folder's own JSON name a pickle as weights."""

    def spoil(folder: Path, canary: Path) -> None:
        write_pickle(folder / name, canary)
        if by_index:
            (folder / "model.safetensors").rename(folder / "other.safetensors")
            put("model.safetensors.index.json", {"weight_map": {"embeddings.word_embeddings.weight": name}})(
                folder, canary
            )
        else:
            configure(transformers_weights=name)(folder, canary)

    return spoil


def not_a_number(folder: Path, _: Path) -> None:
    def change(tensors: dict[str, np.ndarray]) -> None:
        next(iter(tensors.values()))[:] = np.nan

    change_tensors(folder / "model.safetensors", change)


def only_pickled(folder: Path, canary: Path) -> None:
    (folder / "model.safetensors").unlink()
    write_pickle(folder / "pytorch_model.bin", canary)


DEEP = "[" * 200_000
OWN_CODE = {"tokenizer_class": "Evil", "auto_map": {"AutoTokenizer": ["evil.Evil", None]}}
TOKENIZER = {"version": "1.0", "added_tokens": [], "model": {"type": "WordPiece", "vocab": 5}}
FOLDERS: dict[str, Spoil] = {
    "pickled weights only": only_pickled,
    "a pickle named by the index": name_as_weights("evil.bin", by_index=True),
    "a pickle outside, named by the index": name_as_weights("../evil.bin", by_index=True),
    "a pickle named by the configuration": name_as_weights("evil.bin", by_index=False),
    "the pickle of an adapter": name_as_weights("adapter_model.bin", by_index=False),
    "an index without weights": put("model.safetensors.index.json", []),
    "code of its own for words": put("tokenizer_config.json", OWN_CODE),
    "code of its own and another kind": configure(model_type="evil", auto_map={"AutoModel": "evil.Evil"}),
    "code of an attention kernel": configure(attn_implementation="kernels-community/flash-attn"),
    "a package that is not there": configure(attn_implementation="flash_attention_2"),
    "quantised weights": configure(quantization_config={"quant_method": "bitsandbytes", "load_in_4bit": True}),
    "no configuration": lambda folder, _: (folder / "config.json").unlink(),
    "a configuration nested without end": put("config.json", '{"model_type": "bert", "a": ' + DEEP),
    "a configuration that is a list": put("config.json", []),
    "a kind that is a list": configure(model_type=["bert"]),
    "a number that is a word": configure(hidden_size="many"),
    "no heads at all": configure(num_attention_heads=0),
    "an unknown function": configure(hidden_act="evil"),
    "numbers of an unknown type": configure(dtype="evil"),
    "millions of layers": configure(num_hidden_layers=50_000_000),
    "millions of labels": configure(num_labels=500_000_000),
    "a width beyond all memory": configure(hidden_size=2_000_000),
    "words beyond all memory": configure(vocab_size=30_000_000_000),
    "places beyond all memory": configure(max_position_embeddings=10**10),
    "one layer more than there are weights": configure(num_hidden_layers=2),
    "words nested without end": put("tokenizer.json", DEEP),
    "words that are none": put("tokenizer.json", TOKENIZER),
    "settings of words nested without end": put("tokenizer_config.json", DEEP),
    "settings of words that are a list": put("tokenizer_config.json", []),
    "weights that are not numbers": not_a_number,
}


@pytest.fixture(scope="module")
def sound_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tiny_bert(tmp_path_factory.mktemp("models") / "bert")
    open_encoder(folder, folder)  # what is imported once must not count as memory of a bad file
    return folder


@pytest.fixture
def folder(sound_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound_folder, tmp_path / "bert"))


def open_encoder(folder: Path, home: Path) -> Any:
    files = ModelStore(home).resolve(f"dir:{folder}", "text encoder")
    return TextBackbone(files.path, "cpu")


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_folder_that_is_no_sound_network_is_refused(folder: Path, canary: Path, tmp_path: Path, kind: str) -> None:
    FOLDERS[kind](folder, canary)
    with refused():
        open_encoder(folder, tmp_path / "home")


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_folder_with_a_damaged_weight_file_is_refused(folder: Path, canary: Path, tmp_path: Path, kind: str) -> None:
    damage(kind, folder / "model.safetensors", canary)
    with refused():
        open_encoder(folder, tmp_path / "home")


def test_code_beside_a_known_network_is_never_run(folder: Path, canary: Path, tmp_path: Path) -> None:
    configure(auto_map={"AutoModel": "evil.Evil", "AutoConfig": "evil.Evil"})(folder, canary)
    write_pickle(folder / "pytorch_model.bin", canary)
    assert open_encoder(folder, tmp_path / "home").embed(["what page"]).shape == (1, 16)


# Through the command line.


def command(arguments: list[str]) -> int:
    return run(arguments, open_demo=lambda: 0, open_session=lambda _: 0)


def test_the_command_line_refuses_to_add_a_bad_bundle(
    weights: Path, canary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage("a torch archive", weights, canary)
    assert command(["models", "add", "mine", str(weights)]) == 3
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert "only safetensors weights are loaded" in told[0]


def test_the_command_line_refuses_a_bad_encoder_before_a_lesson_begins(
    folder: Path, canary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only_pickled(folder, canary)
    lesson = write_clip(tmp_path / "lesson.mp4", 1)
    chat = tmp_path / "chat.jsonl"
    chat.write_text('{"t": 0.5, "name": "Ada", "text": "Good morning!"}\n', encoding="utf-8")
    arguments = ["analyze", lesson, "--chat", chat, "--out", tmp_path / "out", "--policy", "engagement"]
    assert command([*map(str, arguments), "--text-encoder", f"dir:{folder}"]) == 3
    told = capsys.readouterr().err.strip().splitlines()
    assert "its weights are pickled and could run code" in told[-1]
    assert not (tmp_path / "out").exists()
