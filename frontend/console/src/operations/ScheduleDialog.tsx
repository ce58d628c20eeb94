import { FormDialog } from '../parts/FormDialog';
import { TextControl } from '../parts/TextControl';
import type { Schedule } from './types';
import { expressionError, nameOf } from './words';

/** The API's longest expression. */
const MAX_EXPRESSION = 256;

/** When a schedule shall run. */
export function ScheduleDialog({
  schedule,
  onSave,
  onClose,
}: {
  schedule: Schedule;
  onSave: (expression: string) => Promise<void>;
  onClose: () => void;
}) {
  return (
    <FormDialog<{ expression: string }>
      open
      title={`When shall it run: ${nameOf(schedule.name)}`}
      intro="A rate counts from the latest run. A cron expression has minutes, hours, day of the month, month, day of the week and year; one of the two days is a question mark."
      save="Save"
      defaultValues={{ expression: schedule.expression }}
      validate={({ expression }) => ({ expression: expressionError(expression ?? '') })}
      onSave={({ expression }) => onSave(expression.trim())}
      onClose={onClose}
    >
      <TextControl
        source="expression"
        label="Expression"
        max={MAX_EXPRESSION}
        required
        autoFocus
        helperText={`rate(5 minutes) or cron(0 12 * * ? *), in ${schedule.timezone}.`}
      />
    </FormDialog>
  );
}
