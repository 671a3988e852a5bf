import { Alert, Code, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered, api } from '../../api/client';
import { Queried } from '../../ui/queried';
import { useWords } from '../../words/words';
import classes from './document-preview.module.css';
import { mayBringScripts } from './pdf-scripts';
import { type ArchivedDocument, type PreviewKind, previewOf } from './previews';
import { useDocumentName } from './use-document-name';

interface Props {
  /** null closes the preview */
  readonly document: ArchivedDocument | null;
  readonly onClose: () => void;
}

/** Shows the content of a document next to the list. */
export function DocumentPreview({ document, onClose }: Props) {
  const { t } = useWords('archive');
  const nameOf = useDocumentName();
  return (
    <Drawer
      opened={document !== null}
      onClose={onClose}
      position="right"
      size="min(900px, 90vw)"
      title={document === null ? '' : nameOf(document)}
      closeButtonProps={{ 'aria-label': t('preview.close') }}
      classNames={{ content: classes.drawer!, body: classes.body! }}
    >
      {document !== null && <Preview key={document.id} document={document} />}
    </Drawer>
  );
}

/** Shows a document only as its declared type. */
function Preview({ document }: { readonly document: ArchivedDocument }) {
  const { t } = useWords('archive');
  const name = useDocumentName()(document);
  const kind = previewOf(document);
  const content = useQuery({
    queryKey: ['archive', 'content', document.id],
    queryFn: async () => {
      const bytes = await answered(
        api.GET('/api/v1/documents/{id}/content', { params: { path: { id: document.id } }, parseAs: 'arrayBuffer' }),
      );
      return { bytes, isSafe: kind !== 'pdf' || !(await mayBringScripts(bytes)) };
    },
    gcTime: 0, // the content of documents is not cached
  });
  return (
    <Queried query={content}>
      {({ bytes, isSafe }) =>
        isSafe ? (
          kind !== null && <Content kind={kind} name={name} mediaType={document.mediaType!} bytes={bytes} />
        ) : (
          <Alert role="status" color="orange">
            {t('preview.scripts')}
          </Alert>
        )
      }
    </Queried>
  );
}

interface ContentProps {
  readonly kind: PreviewKind;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: ArrayBuffer;
}

function Content({ kind, name, mediaType, bytes }: ContentProps) {
  const { t } = useWords('archive');
  const address = useAddressOf(bytes, mediaType);
  if (kind === 'text')
    return (
      <Code block tabIndex={0} className={classes.text}>
        {new TextDecoder().decode(bytes)}
      </Code>
    );
  if (kind === 'pdf' && !navigator.pdfViewerEnabled) return <Alert role="status">{t('preview.noViewer')}</Alert>;
  if (address === null) return null;
  if (kind === 'image') return <img src={address} alt={name} className={classes.image} />;
  // no `sandbox`: browsers refuse to show a PDF in it
  return <iframe src={address} title={name} className={classes.frame} />;
}

/**
 * An object URL for as long as the component is mounted. Its type comes from the allow-list, whatever the bytes
 * contain.
 */
function useAddressOf(bytes: ArrayBuffer, mediaType: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mediaType]);
  return address;
}
