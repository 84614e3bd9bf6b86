# CMake knows no platform named WASI before 3.31; nothing has to be said about it beyond that it exists.
set(WASI 1)
