"""What takes how long, as ratios measured side by side in one run. ``python -m benchmarks [NAME…] [--small] [--json]``.

Figures are reported against a goal and never fail anything: a shared machine is no stopwatch.
"""
