import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDesk } from '../../data/useDesk';
import { useSettled } from '../parts/useSettled';
import type { AdapterKind, Operation, Samples } from '../types';
import { readConfiguration } from './configuration';

/** How long one may pause while typing before the preview follows. */
const PAUSE_MS = 600;

/** The samples as they are typed, by operation. */
export type SampleTexts = Partial<Record<Operation, string>>;

/** Those of the samples that are JSON; the others are still being typed. */
function readSamples(texts: SampleTexts): Samples {
  const samples: Samples = {};
  for (const [operation, text] of Object.entries(texts)) {
    try {
      samples[operation as Operation] = JSON.parse(text);
    } catch {
      // Half typed: shown at its field.
    }
  }
  return samples;
}

/** What the API makes of a configuration that is being typed. */
export function usePreview(adapter: AdapterKind, text: string, texts: SampleTexts) {
  const desk = useDesk();
  const settled = useSettled(text, PAUSE_MS);
  const settledTexts = useSettled(texts, PAUSE_MS);
  const read = useMemo(() => readConfiguration(settled), [settled]);
  const samples = useMemo(() => readSamples(settledTexts), [settledTexts]);
  const configuration = 'value' in read ? read.value : undefined;
  return useQuery({
    queryKey: ['adapter-preview', adapter, configuration, samples],
    queryFn: ({ signal }) => desk.previewAdapter(adapter, configuration ?? {}, samples, signal),
    enabled: configuration !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}
