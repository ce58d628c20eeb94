import { Form, useEditContext } from 'react-admin';
import type { FieldValues } from 'react-hook-form';
import { EditWithConflicts } from '../conflicts/EditWithConflicts';
import { resolverOf } from '../lib/resolver';
import { Failure } from '../parts/Failure';
import { FormProblem } from '../parts/FormDialog';
import { PageHeader } from '../parts/PageHeader';
import { SaveBar } from '../parts/SaveBar';
import { Waiting } from '../parts/Waiting';
import { toWebhookInput, validateWebhook, webhookFields } from './form';
import { webhookPath } from './paths';
import type { Webhook, WebhookInput } from './types';
import { WebhookFields } from './WebhookFields';
import { nameOfWebhook } from './words';

/** The version that the form was filled from goes with its values. */
type Values = WebhookInput & { version: number };

const resolver = resolverOf<Values>(validateWebhook);

function Content() {
  const { record, save, refetch, error } = useEditContext<Webhook>();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!record) return <Waiting rows={8} />;
  const { id, url, description, types, version } = record;
  const submit = (values: Values) =>
    save?.({ ...record, ...toWebhookInput(values), version: values.version });
  return (
    <>
      <PageHeader
        title={`Change “${nameOfWebhook(record)}”`}
        intro="What is on its way already goes to the new address."
        back={{ to: webhookPath(id), label: nameOfWebhook(record) }}
      />
      <Form
        noValidate
        warnWhenUnsavedChanges
        disableInvalidFormNotification
        record={{ id, url, description, types, version }}
        resolver={resolver}
        onSubmit={(values: FieldValues) => submit(values as Values) as never}
      >
        <FormProblem />
        <WebhookFields />
        <SaveBar save="Save" />
      </Form>
    </>
  );
}

/** Where a webhook is, and what it hears of. */
export function WebhookEdit() {
  return (
    <EditWithConflicts<Webhook> nameOf={nameOfWebhook} fields={webhookFields}>
      <Content />
    </EditWithConflicts>
  );
}
