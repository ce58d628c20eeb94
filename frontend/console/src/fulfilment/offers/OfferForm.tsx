import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Form } from 'react-admin';
import { type FieldValues, useFormState } from 'react-hook-form';
import { resolverOf } from '../../lib/resolver';
import { FormProblem, submitted } from '../../parts/FormDialog';
import { MoneyInput } from '../../parts/MoneyInput';
import { TextControl } from '../../parts/TextControl';
import type { Offer } from '../types';
import { BLANK_OFFER, MAX_CODE, type OfferValues, toOfferValues, validateOffer } from './form';

/** The form is about the offer alone, whatever the page around it is about. */
const NO_RECORD = {};

const resolver = resolverOf<OfferValues>(validateOffer);

function Actions({ save, onClose }: { save: string; onClose: () => void }) {
  const { isSubmitting } = useFormState();
  return (
    <Box sx={{ display: 'flex', gap: 1, mt: 2 }}>
      <Button type="submit" variant="contained" color="secondary" loading={isSubmitting}>
        {save}
      </Button>
      <Button onClick={onClose} disabled={isSubmitting}>
        Cancel
      </Button>
    </Box>
  );
}

/** The fields of an offer, in the place of its row; without an offer, those of a new one. */
export function OfferForm({
  offer,
  onSave,
  onClose,
}: {
  offer?: Offer;
  onSave: (values: OfferValues) => Promise<unknown>;
  onClose: () => void;
}) {
  return (
    <Form
      noValidate
      disableInvalidFormNotification
      record={NO_RECORD}
      defaultValues={offer ? toOfferValues(offer) : BLANK_OFFER}
      resolver={resolver}
      onSubmit={((values: FieldValues) => submitted(() => onSave(values as OfferValues))) as never}
    >
      <Box
        role="group"
        aria-label={offer ? `Offer for ${offer.sku}` : 'New offer'}
        sx={{ py: 1.5 }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      >
        <FormProblem />
        <Box
          sx={{
            display: 'grid',
            gap: 1.5,
            gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 10.5rem), 1fr))',
            alignItems: 'start',
          }}
        >
          {!offer && (
            <TextControl source="sku" label="SKU" required autoFocus helperText="The shop’s code." />
          )}
          <TextControl
            source="code"
            label="Supplier’s code"
            max={MAX_CODE}
            required
            autoFocus={offer !== undefined}
            helperText="What the supplier calls it."
          />
          <MoneyInput source="cost" label="Cost" required helperText="For one piece." />
          <TextControl source="minimum" label="Minimum" numeric required helperText="Pieces of one task." />
          <TextControl source="maximum" label="Maximum" numeric required helperText="Pieces of one task." />
          <TextControl
            source="leadTimeSeconds"
            label="Lead time"
            required
            helperText="Until it ships: 2 days, 36 h."
          />
          <TextControl
            source="window.fromSeconds"
            label="Holds from"
            helperText="After the payment. Empty: at once."
          />
          <TextControl
            source="window.untilSeconds"
            label="Holds until"
            helperText="After the payment. Empty: for ever."
          />
        </Box>
        <Actions save={offer ? 'Save the offer' : 'Add the offer'} onClose={onClose} />
      </Box>
    </Form>
  );
}
