import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRef } from 'react';
import { useWords } from '../../words/words';
import { AddDocumentDialog } from './add-document-dialog';

export function AddDocument({ customerId }: { readonly customerId: string }) {
  const { t } = useWords('archive');
  const [isOpen, { open, close }] = useDisclosure();
  const opener = useRef<HTMLButtonElement>(null);
  const leave = () => {
    close();
    opener.current?.focus();
  };
  return (
    <>
      <Button ref={opener} size="xs" onClick={open}>
        {t('add.open')}
      </Button>
      {isOpen && <AddDocumentDialog customerId={customerId} onClose={leave} />}
    </>
  );
}
