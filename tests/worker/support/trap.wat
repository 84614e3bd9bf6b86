;; The source of trap.wasm, whose 35 bytes were put together by hand.
(module (func (export "trap") unreachable))
