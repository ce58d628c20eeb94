import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Form, useNotify } from 'react-admin';
import type { FieldValues } from 'react-hook-form';
import { useDesk } from '../../data/useDesk';
import { resolverOf } from '../../lib/resolver';
import { FormProblem, submitted } from '../../parts/FormDialog';
import { Onward } from '../../parts/Onward';
import { PageHeader } from '../../parts/PageHeader';
import { Panel } from '../../parts/Panel';
import { SaveBar } from '../../parts/SaveBar';
import { TextControl } from '../../parts/TextControl';
import { useAttemptKey } from '../parts/attempts';
import { blank, MAX_NAME, type PacedValues, toPacedInput, validatePaced } from './form';
import { PlanFields } from './PlanFields';
import { PlanPreview } from './PlanPreview';
import { PACED_ORDERS, pacedPath } from './paths';
import { SkuField } from './SkuField';
import { WhoFields } from './WhoFields';

const resolver = resolverOf<PacedValues>((values) => validatePaced(values));

/** A new paced order, with what will come of it beside its form. */
export function PacedOrderCreate() {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const keyOf = useAttemptKey();
  const [made, setMade] = useState<string>();
  const values = useMemo(() => blank(new Date()), []);
  const create = (typed: PacedValues) =>
    submitted(async () => {
      const input = toPacedInput(typed);
      const { id, name } = await desk.createPacedOrder(input, keyOf(input));
      await client.invalidateQueries({ queryKey: ['paced-orders'] });
      notify(`“${name}” is running.`, { type: 'success' });
      setMade(pacedPath(id));
    });
  return (
    <>
      <PageHeader
        title="New paced order"
        intro="It begins by itself at its start; each instalment is an order of its own, on account: nothing is charged in the shop."
        back={{ to: PACED_ORDERS, label: 'Paced orders' }}
      />
      <Form
        noValidate
        warnWhenUnsavedChanges
        disableInvalidFormNotification
        defaultValues={values}
        resolver={resolver}
        onSubmit={(typed: FieldValues) => create(typed as PacedValues) as never}
      >
        <FormProblem />
        <Box
          sx={{
            display: 'grid',
            gap: 2.5,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1.3fr) minmax(0, 1fr)' },
            alignItems: 'start',
          }}
        >
          <Stack spacing={2.5}>
            <Panel title="What">
              <Stack spacing={2}>
                <TextControl
                  source="name"
                  label="Name"
                  max={MAX_NAME}
                  required
                  autoFocus
                  helperText="For us only."
                  placeholder="Hinges for the Dudley site"
                />
                <SkuField />
              </Stack>
            </Panel>
            <Panel title="When and how much" intro="Times are those of your own time zone.">
              <PlanFields />
            </Panel>
            <Panel title="For whom">
              <WhoFields />
            </Panel>
          </Stack>
          <Box sx={{ position: { lg: 'sticky' }, top: { lg: 80 } }}>
            <PlanPreview />
          </Box>
        </Box>
        <SaveBar save="Start the paced order" />
        <Onward to={made} />
      </Form>
    </>
  );
}
