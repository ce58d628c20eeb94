import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type ReactNode, useId } from 'react';
import { Form, HttpError } from 'react-admin';
import { type FieldValues, useFormState } from 'react-hook-form';
import type { ErrorBody } from '../data/errors';
import { messageOf } from '../data/errors';
import { type Messages, resolverOf } from '../lib/resolver';

/** What a form as a whole was refused for, at its head. */
export function FormProblem() {
  const { errors, submitCount } = useFormState();
  const isWrong = submitCount > 0 && Object.keys(errors).length > 0;
  const message =
    errors.root?.serverError?.message ?? (isWrong ? 'Some fields need another look.' : undefined);
  return message ? (
    <Alert severity="error" sx={{ mb: 2 }}>
      {message}
    </Alert>
  ) : null;
}

/** Runs a submission, giving the form the errors of a refusal to show at its fields. */
export async function submitted(work: () => Promise<unknown>): Promise<object | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const body = error instanceof HttpError ? (error.body as ErrorBody | undefined) : undefined;
    return body?.errors ?? { root: { serverError: messageOf(error) } };
  }
}

/** A dialog's form begins with its own values, not with those of the record that the page is about. */
const NO_RECORD = {};

function Actions({ save, onClose }: { save: string; onClose: () => void }) {
  const { isSubmitting } = useFormState();
  return (
    <DialogActions>
      <Button onClick={onClose} disabled={isSubmitting}>
        Cancel
      </Button>
      <Button type="submit" variant="contained" color="secondary" loading={isSubmitting}>
        {save}
      </Button>
    </DialogActions>
  );
}

/** A form in a dialog: for records too small for a page of their own. */
export function FormDialog<Values extends FieldValues>({
  open,
  title,
  intro,
  save,
  defaultValues,
  validate,
  onSave,
  onClose,
  children,
}: {
  open: boolean;
  title: string;
  intro?: ReactNode;
  save: string;
  defaultValues: Partial<Values>;
  validate: (values: Values) => Messages;
  onSave: (values: Values) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const submit = (values: FieldValues) =>
    submitted(async () => {
      await onSave(values as Values);
      onClose();
    });
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <Form
        noValidate
        record={NO_RECORD}
        defaultValues={defaultValues as FieldValues}
        resolver={resolverOf(validate)}
        onSubmit={submit as never}
        disableInvalidFormNotification
      >
        <DialogContent sx={{ pt: '8px !important' }}>
          {intro && <Box sx={{ color: 'text.secondary', mb: 2, fontSize: '0.9rem' }}>{intro}</Box>}
          <FormProblem />
          <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>{children}</Box>
        </DialogContent>
        <Actions save={save} onClose={onClose} />
      </Form>
    </Dialog>
  );
}
