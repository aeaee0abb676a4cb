from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.training.report.figures import confusion_figure, weights_figure


def test_a_confusion_picture_shows_every_count_and_colours_shares_of_the_truth():
    counts = np.diag([2.0, 4.0, 6.0, 0.0])
    counts[0, 3] = 2
    figure = confusion_figure(counts, title="epoch 3")
    axes = figure.axes[0]
    assert axes.get_title() == "epoch 3"
    assert [t.get_text() for t in axes.texts][:4] == ["2\n50%", "0\n0%", "0\n0%", "2\n50%"]
    np.testing.assert_allclose(axes.images[0].get_array()[0], [0.5, 0, 0, 0.5])
    assert axes.images[0].get_array()[3].sum() == 0  # a level that never occurs stays empty


def test_a_weight_picture_has_a_line_per_modality_and_leaves_absent_ones_out():
    weights = np.array([[0.5, 0.25, 0.25], [1.0, 0.0, 0.0]])
    figure = weights_figure(weights, present=np.array([[True, True, True], [True, False, False]]))
    drawn = figure.axes[0].images[0].get_array()
    assert drawn.shape == (3, 2)
    assert drawn[0].tolist() == [0.5, 1.0]
    assert drawn.mask.tolist() == [[False, False], [False, True], [False, True]]


@pytest.mark.parametrize("make", [confusion_figure, weights_figure])
def test_pictures_go_into_a_tensorboard_log(make, tmp_path):
    from torch.utils.tensorboard import SummaryWriter

    data = np.eye(4) if make is confusion_figure else np.full((5, 3), 1 / 3)
    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_figure("picture", make(data), 0)
    assert sum(f.stat().st_size for f in tmp_path.iterdir()) > 1000
