import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, useNotify } from 'react-admin';
import type { FieldValues } from 'react-hook-form';
import { useDesk } from '../data/useDesk';
import { useAttemptKey } from '../fulfilment/parts/attempts';
import { resolverOf } from '../lib/resolver';
import { FormProblem, submitted } from '../parts/FormDialog';
import { Onward } from '../parts/Onward';
import { PageHeader } from '../parts/PageHeader';
import { SaveBar } from '../parts/SaveBar';
import { BLANK, toWebhookInput, validateWebhook } from './form';
import { WEBHOOKS, webhookPath } from './paths';
import { SecretDialog } from './SecretDialog';
import type { WebhookInput } from './types';
import { WebhookFields } from './WebhookFields';
import { nameOfWebhook } from './words';

const resolver = resolverOf<WebhookInput>(validateWebhook);

/** A new webhook, whose secret is shown once it is there. */
export function WebhookCreate() {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const keyOf = useAttemptKey();
  const [made, setMade] = useState<{ id: string; name: string; secret: string }>();
  const [onward, setOnward] = useState<string>();
  const create = (values: WebhookInput) =>
    submitted(async () => {
      const input = toWebhookInput(values);
      const { secret, ...webhook } = await desk.createWebhook(input, keyOf(input));
      await client.invalidateQueries({ queryKey: ['webhooks'] });
      const name = nameOfWebhook(webhook);
      if (secret !== null) {
        setMade({ id: webhook.id, name, secret });
        return;
      }
      // An earlier attempt made it and its answer was lost: nobody has seen the secret.
      notify(`“${name}” was made already. Renew its secret, as nobody has seen it.`, { type: 'warning' });
      setOnward(webhookPath(webhook.id));
    });
  return (
    <>
      <PageHeader
        title="Add a webhook"
        intro="Another program hears of what happens here, as it happens."
        back={{ to: WEBHOOKS, label: 'Webhooks' }}
      />
      <Form
        noValidate
        warnWhenUnsavedChanges
        disableInvalidFormNotification
        defaultValues={BLANK}
        resolver={resolver}
        onSubmit={(values: FieldValues) => create(values as WebhookInput) as never}
      >
        <FormProblem />
        <WebhookFields />
        <SaveBar save="Add the webhook" />
        <Onward to={onward} />
      </Form>
      {made && (
        <SecretDialog
          name={made.name}
          secret={made.secret}
          onClose={() => {
            setOnward(webhookPath(made.id));
            setMade(undefined);
          }}
        />
      )}
    </>
  );
}
