from __future__ import annotations

from classroom_analyzer.cli.fusion_tables import fusion_lines

ROW = {"macro_f1": 0.3, "uar": 0.3, "qwk": 0.2, "ccc": 0.2, "mse": 0.04, "auroc_low": None, "ece": 0.02,
       "ci95": {"macro_f1": (0.28, 0.32)}}  # fmt: skip
REPORT = {
    "data": {"name": "a study", "rows": 90, "complete_rows": 80, "groups": 7, "few_groups": True,
             "prevalence_low": 0.31},
    "model": {"name": "fusion-attention", "spec": "bundled:fusion"},
    "baselines": {"majority": ROW, "prior": ROW, "constant": ROW},
    "subsets": {"vision": ROW, "vision+audio": ROW},
    "rivals": {"index": ROW},
    "best_single": "vision",
    "paired_ci95": (-0.01, 0.02),
    "against": {"index": (0.01, 0.03), "concatenation": None},
    "against_missing": {"concatenation": "there is no file"},
    "drop": {"audio": {"macro_f1_drop": 0.01, "ci95": (0.0, 0.02)}},
    "worlds": {},
}  # fmt: skip


def test_baselines_and_the_best_single_modality_always_stand_in_the_table_of_fusion():
    lines = list(fusion_lines(REPORT))
    names = [line.split("  ")[0] for line in lines]
    order = [names.index(name) for name in ("majority", "prior", "constant", "vision", "vision+audio", "index")]
    assert order == sorted(order)
    assert "0.300  (0.280-0.320)" in lines[order[0]]
    assert "–" in lines[order[0]]


def test_few_groups_and_missing_rivals_are_said():
    text = "\n".join(fusion_lines(REPORT))
    assert "fewer than 10 groups" in text
    assert "concatenation: there is no file" in text
    assert "-0.010 to +0.020" in text
    assert "Simulated" not in text


def test_goals_that_were_missed_stand_out():
    goals = [{"name": "a", "goal": "b", "measured": "c", "met": met} for met in (True, False, None)]
    text = "\n".join(fusion_lines({**REPORT, "goals": goals}))
    assert "NOT MET" in text
    assert "not measured" in text
