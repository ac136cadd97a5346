"""Convert outputs to bytes. Pure functions: the result is the same in this process, in a pool or on another machine."""
