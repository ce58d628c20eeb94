import ErrorDot from '@mui/icons-material/Error';
import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { type ReactNode, useEffect } from 'react';
import { useFormState } from 'react-hook-form';
import { useSearchParams } from 'react-router-dom';

export interface FormTab {
  id: string;
  label: string;
  /** The form's fields on it, by their first name: a mark says that one of them is wrong. */
  fields: readonly string[];
  content: ReactNode;
  /** Whether it is made anew each time it is opened, as what only tells of the past may be. */
  lazy?: boolean;
}

/** A form over several tabs; the open one is in the page's address. All stay in the form. */
export function FormTabs({ tabs, label }: { tabs: readonly FormTab[]; label: string }) {
  const [search, setSearch] = useSearchParams();
  const { errors, submitCount } = useFormState();
  const open = tabs.find(({ id }) => id === search.get('tab')) ?? tabs[0];
  const wrong = tabs.filter(({ fields }) => fields.some((field) => errors[field] !== undefined));
  const choose = (id: string) => setSearch(id === tabs[0]?.id ? {} : { tab: id }, { replace: true });

  // Whoever saved is led to what is wrong, if it is not in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each attempt to save, not at each correction
  useEffect(() => {
    const [first] = wrong;
    if (submitCount > 0 && first && open && !wrong.includes(open)) choose(first.id);
  }, [submitCount, errors]);

  return (
    <>
      <Tabs
        value={open?.id ?? false}
        onChange={(_event, id: string) => choose(id)}
        variant="scrollable"
        scrollButtons="auto"
        allowScrollButtonsMobile
        aria-label={label}
        sx={{ mb: 2.5, borderBottom: 1, borderColor: 'divider' }}
      >
        {tabs.map((tab) => {
          const isWrong = wrong.includes(tab);
          return (
            <Tab
              key={tab.id}
              value={tab.id}
              id={`tab-${tab.id}`}
              aria-controls={`panel-${tab.id}`}
              label={tab.label}
              {...(isWrong && {
                icon: <ErrorDot titleAccess="has errors" color="error" sx={{ fontSize: 16 }} />,
                iconPosition: 'end' as const,
              })}
            />
          );
        })}
      </Tabs>
      {tabs.map(({ id, content, lazy = false }) => (
        <Box
          key={id}
          role="tabpanel"
          id={`panel-${id}`}
          aria-labelledby={`tab-${id}`}
          hidden={id !== open?.id}
        >
          {(!lazy || id === open?.id) && content}
        </Box>
      ))}
    </>
  );
}
