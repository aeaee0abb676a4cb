"""Fixtures of the fusion tests."""

from __future__ import annotations

import pytest

from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.network import FusionKind
from tests.fusion.fusion_samples import untrained_parts


@pytest.fixture(scope="session", params=list(FusionKind))
def any_kind(request: pytest.FixtureRequest) -> FusionKind:
    return request.param


@pytest.fixture(scope="session")
def bundle() -> FusionBundle:
    ensemble, calibration, gauges = untrained_parts(FusionKind.ATTENTION)
    return FusionBundle(FusionKind.ATTENTION, ensemble, calibration, gauges, {})
