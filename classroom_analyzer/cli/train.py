"""``classroom-analyzer train``: makes the weights that are bundled, or your own."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.cli import options as shared
from classroom_analyzer.cli.options import Json, Seed
from classroom_analyzer.cli.output import cancel_on_interrupt, notice, print_json, print_line, progress_on_stderr
from classroom_analyzer.errors import UsageError

__all__ = ["train_app"]

train_app = typer.Typer(help="Train autoencoders, text heads and fusion.", no_args_is_help=True, rich_markup_mode=None)

OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where weights and card go.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint of a stopped run in --out.")]
LogOption = Annotated[Path | None, typer.Option("--log-dir", metavar="DIR", help="TensorBoard logs go here.")]


class TrainedModality(StrEnum):
    """What an autoencoder is trained on."""

    FACE = "face"
    SOUND = "sound"
    TEXT = "text"


class Preset(StrEnum):
    """Autoencoders that are trained by themselves, on data of their own."""

    REFERENCE = "reference"


@train_app.command()
def autoencoder(
    modality: Annotated[TrainedModality | None, typer.Option("--modality", help="What to encode.")] = None,
    preset: Annotated[
        Preset | None,
        typer.Option("--preset", help="Instead of a modality: 784-128-64-12-3 and back, on handwritten digits."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="DIR",
            help="Folder whose MANIFEST.tsv says what may be trained on; for the preset, MNIST's IDX files.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where weights and card go; beside the encoder if left out."),
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            "--encoder",
            metavar="SPEC",
            help="Encode a backbone's features, so that its novelty is known: hf:OWNER/NAME@REV or dir:PATH.",
        ),
    ] = None,
    noise: Annotated[
        float, typer.Option("--noise", metavar="SD", min=0, help="Noise on the inputs; the clean ones are the target.")
    ] = 0.0,
    latents: Annotated[
        Path | None, typer.Option("--latents", metavar="FILE", help="Codes of all rows: .parquet or .safetensors.")
    ] = None,
    epochs: Annotated[int | None, typer.Option("--epochs", metavar="N", min=1, help="Passes over the data.")] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="With --encoder: keep no features for the next run.")
    ] = False,
    resume: Resume = False,
    log_dir: LogOption = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Train the autoencoder of one modality on recordings marked for training, or the reference preset."""
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.training.autoencoders.train import RECIPES, AutoencoderKind, Options, train_autoencoder
    from classroom_analyzer.training.feature_cache import cache_folder

    cache = None if no_cache or encoder is None else cache_folder(home())
    options = Options(noise_sd=noise, encoder=encoder, latents=latents, resume=resume, log_dir=log_dir, cache=cache)
    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        if preset is not None and modality is None and out is not None and encoder is None:
            from classroom_analyzer.training.autoencoders.reference import train_reference

            card = train_reference(
                data, out, seed=seed, epochs=epochs, options=options, progress=progress, cancel=cancel
            )
        elif preset is None and modality is not None and data is not None:
            kind = AutoencoderKind(modality.value)
            recipe = RECIPES[kind] if epochs is None else replace(RECIPES[kind], epochs=epochs)
            card = train_autoencoder(
                kind, data, out, home(), seed=seed, recipe=recipe, options=options, progress=progress, cancel=cancel
            )
        else:
            raise UsageError(
                "name what to train: --modality face, sound or text with --data, or --preset reference with --out"
            )
    if cache is not None:
        notice(
            f"the encoder's features are kept in {cache}; of faces and voices they are personal data: delete that "
            "folder when you are done, or use --no-cache"
        )
    if as_json:
        print_json(card)
        return
    print_line(
        f"{card['name']}: held-out error {card['held_out_mse']:.4f}, mean predictor {card['baseline_mse']:.4f} "
        f"({card['rows']['held_out']} rows held out)"
    )
    if "denoising" in card:
        found = card["denoising"]
        print_line(f"  noise of {noise:g} on what is seen: held-out error {found['held_out_mse']:.4f}")


@train_app.command()
def text(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Folder whose MANIFEST.tsv says what may be trained on.")
    ],
    out: OutOption,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Train the heads for on-task talk, uptake, confusion and questions, with baselines beside, on labelled talk."""
    from classroom_analyzer.app.talk import train_text
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        on_task, uptake, confusion, question = train_text(
            data, out, home(), seed=seed, progress=progress, cancel=cancel
        )
    if as_json:
        print_json({card["name"]: card for card in (on_task, uptake, confusion, question)})
        return
    for name, found in on_task["cross_validation"].items():
        print_line(f"on-task, {name:13} AUROC {found['auroc']:.3f}  TF-IDF {found['baseline_auroc']:.3f}")
    for card, found in ((uptake, uptake["cross_validation"]), (confusion, confusion["test"])):
        print_line(f"{card['name']:22} AUROC {found['auroc']:.3f}  TF-IDF {found['tfidf']['auroc']:.3f}")
    for name, found in question["cross_validation"].items():
        both, rule = (f"F1 {found[way]['f1']:.3f}, right {found[way]['accuracy']:.3f}" for way in ("both", "rule"))
        print_line(f"question, {name:12} {both}  rule {rule}  majority right {found['majority']['accuracy']:.3f}")


@train_app.command()
def voice(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Folder whose MANIFEST.tsv says what may be trained on.")
    ],
    out: OutOption,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Train what any voice sounds like, from which a teacher's own voice is told in a lesson."""
    from classroom_analyzer.training.sound.voice_background import train_voice_background

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        card = train_voice_background(data, out, seed=seed, progress=progress, cancel=cancel)
    if as_json:
        print_json(card)
    else:
        print_line(f"{card['name']}: {card['speech_s']} s of speech of {card['speakers']} people")


@train_app.command()
def fusion(
    out: OutOption,
    data: Annotated[
        str,
        typer.Option("--data", metavar="simulated|SPEC", help="Simulated lessons, or a labelled data set."),
    ] = "simulated",
    preset: Annotated[
        str, typer.Option("--preset", metavar="NAME|FILE", help="attention, concatenation, weighted_average or a file.")
    ] = "attention",
    classes: Annotated[int, typer.Option("--classes", min=10, help="Simulated classes per training world.")] = 800,
    members: Annotated[int, typer.Option("--members", min=1, max=20, help="Of the ensemble, on a data set.")] = 5,
    resume: Resume = False,
    log_dir: LogOption = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Train the fusion model and its rivals, and score it beside them and its baselines."""
    from classroom_analyzer.app.fusion_training import train_fusion_bundle
    from classroom_analyzer.cli.fusion_tables import score_lines
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        card = train_fusion_bundle(
            data,
            out / "fusion.safetensors",
            home(),
            preset=preset,
            classes=classes,
            members=members,
            seed=seed,
            resume=resume,
            log_dir=log_dir,
            progress=progress,
            cancel=cancel,
        )
    if as_json:
        print_json(card)
        return
    print_line(f"{card['name']}: {card['notice']}")
    for line in score_lines(card):
        print_line(line)


@train_app.command()
def affect(
    data: Annotated[str, typer.Option("--data", metavar="daisee:DIR", help="The data set, as its authors give it.")],
    out: OutOption,
    face_encoder: shared.FaceEncoder = None,
    fine_tune: Annotated[
        bool, typer.Option("--fine-tune", help="Train the face encoder on, too; it must be named by hf: or dir:.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Keep nothing of the faces for the next run; takes more memory.")
    ] = False,
    policy: shared.PolicyOption = None,
    place: shared.PlaceOption = None,
    ethics: shared.Ethics = None,
    legal_basis: shared.LegalBasis = None,
    resume: Resume = False,
    log_dir: LogOption = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Train a head for affect labels on clips of faces; for approved studies only, no such weights are bundled."""
    from classroom_analyzer.app.affect import check_study, feature_folder, train_affect_head
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.settings.policy import decide_policy
    from classroom_analyzer.settings.schema import load_settings

    settings = load_settings(home())
    grant = decide_policy(settings, asked=policy, place=place, ethics_reference=ethics, legal_basis=legal_basis)
    check_study(grant)
    if not no_cache:
        notice(
            f"what is computed of the faces is kept in {feature_folder(home())}: it is personal data; delete that "
            "folder when you are done, or use --no-cache"
        )
    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        card = train_affect_head(
            data,
            out,
            home(),
            grant,
            face_encoder=face_encoder or settings.face_encoder,
            fine_tune=fine_tune,
            use_cache=not no_cache,
            resume=resume,
            seed=seed,
            log_dir=log_dir,
            progress=progress,
            cancel=cancel,
        )
    if as_json:
        print_json(card)
        return
    for state, found in card["test"].items():
        high = "-" if found["auroc_high"] is None else f"{found['auroc_high']:.3f}"
        print_line(
            f"{state:12} macro-F1 {found['balanced_macro_f1']:.3f}  UAR {found['balanced_uar']:.3f}  AUROC high {high}"
            f"  majority macro-F1 {found['majority']['macro_f1']:.3f}  {found['persons']} persons"
        )
