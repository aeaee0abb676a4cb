"""The page of injected faults says what was measured, and never that a fault passed which did not."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]


def test_the_page_tells_each_case_with_what_was_measured_and_its_result(pytester: pytest.Pytester, tmp_path: Path):
    pytester.makeini("[pytest]\nmarkers = fault: a fault\n")
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.fault(9)
        def test_kills(record_property):
            record_property("measured", "0 of 50 | lost")

        @pytest.mark.fault("5: the server hangs")
        def test_hang():
            assert False

        @pytest.mark.fault(7)
        def test_disk():
            pytest.skip("needs root")

        @pytest.mark.fault(12)
        @pytest.mark.parametrize("rate", [1, 2])
        def test_drift(rate, record_property):
            record_property("measured", f"rate {rate}")

        def test_other():
            pass
        """
    )
    page = tmp_path / "faults.md"
    root = str(Path(__file__).resolve().parents[1])
    pytester.syspathinsert(root)
    done = pytester.runpytest_subprocess("-p", "tests.fault_page", "--fault-page", str(page), "-p", "no:cacheprovider")
    done.assert_outcomes(passed=4, failed=1, skipped=1)
    rows = [line.split(" | ") for line in page.read_text().splitlines() if line.startswith("| ")][1:]
    assert [(row[0], row[3], row[-1]) for row in rows] == [
        ("| 5", "hang", "failed |"),
        ("| 7", "disk", "skipped |"),
        ("| 9", "kills", "passed |"),
        ("| 12", "drift", "passed, 2 of them |"),
    ]
    assert rows[2][4] == "0 of 50 / lost"
    assert rows[1][4] == "needs root"
    assert rows[3][4] == "rate 1; rate 2"
