"""Pictures and pages of what was measured: figures for TensorBoard, charts and the evaluation report."""
