-- What V1_20 removed is still in the files of these tables until they are written anew.
vacuum (full) batch_refusal;
vacuum (full) batch_cause;
vacuum (full) idempotency_key;
vacuum (full) batch_chunk;
