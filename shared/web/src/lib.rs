//! HTTP on Lambda: problem details, validated input, paging and idempotency keys.
