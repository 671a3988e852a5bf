import './words';
import { Alert, Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { Facts } from '../../ui/facts';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { Queried } from '../../ui/queried';
import { saveFile } from '../../ui/save-file';
import { savedSelection } from '../../ui/saved-selection';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { PlaceholderBar } from './placeholder-bar';

type Format = NonNullable<Schemas['WriteLettersRequest']['format']>;

const MAX_TEMPLATE_CHARACTERS = 10_000;

/** Letters to all customers of a selection. */
export function LettersPage() {
  const { selectionId = '' } = useParams();
  const { t } = useWords('selections');
  const { count } = useFormats();
  const selection = useQuery(savedSelection(selectionId));
  const back = (
    <Button component={Link} to={`/selections/${selectionId}`} variant="subtle">
      {t('letters.back')}
    </Button>
  );
  return (
    <Page title={t('letters.title')} actions={back}>
      <Queried query={selection}>
        {({ name, memberCount }) => (
          <>
            <Facts
              facts={[
                [t('one.title'), name],
                [t('members'), count(memberCount)],
              ]}
            />
            <Text>{t('letters.who')}</Text>
            <LetterForm selectionId={selectionId} />
          </>
        )}
      </Queried>
    </Page>
  );
}

function LetterForm({ selectionId }: { readonly selectionId: string }) {
  const { t } = useWords('selections');
  const text = useRef<HTMLTextAreaElement>(null);
  const [template, setTemplate] = useState('');
  const [contractual, setContractual] = useState(false);
  const write = useCommand({
    perform: async (format: Format, signal) =>
      saveFile(
        await answered(
          api.POST('/api/v1/selections/{id}/mail-merge', {
            params: { path: { id: selectionId } },
            body: { template, contractual, format },
            parseAs: 'blob',
            signal,
          }),
        ),
        `${t('letters.file')}.${format}`,
      ),
  });
  const code = isProblem(write.error) ? write.error.codeOf('template') : undefined;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    write.mutate((submitter as HTMLButtonElement | null)?.value === 'pdf' ? 'pdf' : 'csv');
  };
  const change = (changed: string) => {
    write.reset();
    setTemplate(changed);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <PlaceholderBar text={text} onInserted={change} />
        <Textarea
          ref={text}
          label={t('letters.template')}
          description={t('letters.templateWhat')}
          required
          rows={14}
          maxLength={MAX_TEMPLATE_CHARACTERS}
          value={template}
          error={code === undefined ? null : t(messageOf(code))}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
        <Checkbox
          label={t('letters.contractual')}
          description={t('letters.contractualWhat')}
          checked={contractual}
          onChange={({ currentTarget }) => setContractual(currentTarget.checked)}
        />
        {write.isError && code === undefined && <ProblemAlert error={write.error} />}
        {write.isSuccess && <Alert role="status" color="teal" title={t('letters.written')} />}
        <Group>
          {(['pdf', 'csv'] as const).map((format) => (
            <Button
              key={format}
              type="submit"
              value={format}
              variant={format === 'pdf' ? 'filled' : 'default'}
              loading={write.isPending && write.variables === format}
              disabled={write.isPending}
            >
              {t(`letters.${format}`)}
            </Button>
          ))}
        </Group>
      </Stack>
    </form>
  );
}

function messageOf(code: string): string {
  if (code === 'UNKNOWN_PLACEHOLDER') return 'letters.unknownPlaceholder';
  return code === 'MATCHES' ? 'letters.required' : 'common:field.INVALID';
}
