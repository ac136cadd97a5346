"""Outputs to bytes: pure, so that it gives the same in this process, in a pool or on another machine."""
