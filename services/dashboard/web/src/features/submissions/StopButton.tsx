import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../kit/Button';
import { readRefusal } from '../../kit/problems';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { Batch } from './batch';
import type { RecordService } from '../../kit/records/recordDictionary';
import { batchQuery } from './useBatch';
import { words as sendWords } from './sendWords';

/** Stops a file that the service still works on. */
export function StopButton({ batch, service }: { batch: Batch; service: RecordService }) {
  const words = useWords(sendWords);
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: async () => {
      const response = await fetch(`/api/${service}/v1/batches/${batch.id}`, {
        method: 'DELETE',
        headers: { 'X-Voyage-Request': '1' },
      });
      if (!response.ok) throw await readRefusal(response);
      return (await response.json()) as Batch;
    },
    onSuccess: (stopped) => client.setQueryData(batchQuery(service, batch.id).queryKey, stopped),
  });
  return (
    <>
      {stop.isError ? <ErrorMessage error={stop.error} /> : null}
      <p>
        <Button onPress={() => stop.mutate()} isDisabled={stop.isPending}>
          {words.stopFile}
        </Button>
      </p>
    </>
  );
}
