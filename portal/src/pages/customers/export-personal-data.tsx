import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useWords } from '../../words/words';
import type { Customer } from './customer-query';

const FORMATS = ['json', 'zip'] as const;

/** Exports all stored data of a customer for an access request under Art. 15 GDPR. */
export function ExportPersonalData({ customer: { id, customerNumber } }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('export.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('export.title', { number: customerNumber })}
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <Stack>
          <Text>{t('export.what')}</Text>
          <Group>
            {FORMATS.map((format) => (
              <Button
                key={format}
                component="a"
                href={`/api/v1/customers/${id}/personal-data?format=${format}`}
                download={`personal-data-${customerNumber}.${format}`}
                variant="default"
              >
                {t(`export.${format}`)}
              </Button>
            ))}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
