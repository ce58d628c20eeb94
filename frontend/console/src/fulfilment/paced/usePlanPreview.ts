import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDesk } from '../../data/useDesk';
import { isFine } from '../../lib/resolver';
import { useSettled } from '../parts/useSettled';
import { type PlanValues, planMessages, toPlan } from './form';

/** How long one may pause while typing before the preview follows. */
const PAUSE_MS = 500;

/** What the API makes of a plan that is being typed; it is asked only about one that can be right. */
export function usePlanPreview(sku: string, plan: PlanValues) {
  const desk = useDesk();
  // As text, since a form's values are new objects with each key.
  const asked = useMemo(() => {
    const isReady = sku.trim() !== '' && isFine(planMessages(plan, new Date()));
    return isReady ? JSON.stringify({ sku: sku.trim(), plan: toPlan(plan) }) : undefined;
  }, [sku, plan]);
  const settled = useSettled(asked, PAUSE_MS);
  const query = useQuery({
    queryKey: ['plan-preview', settled],
    queryFn: ({ signal }) => desk.previewPlan(JSON.parse(settled ?? '{}'), signal),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  return { ...query, isReady: asked !== undefined };
}
