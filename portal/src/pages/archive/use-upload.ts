import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { upload } from '../../api/upload';
import type { ArchivedDocument } from './previews';

export interface NewDocument {
  readonly type: string;
  readonly title: string;
  readonly retentionClass: Schemas['AddDocumentRequest']['retentionClass'] | '';
  readonly createdOn: string;
  readonly file: File | null;
}

/** Uploads a document to the archive; `share` is the progress. Leaving the page aborts it. */
export function useUpload(customerId: string, onDone: () => void) {
  const queries = useQueryClient();
  const [share, setShare] = useState(0);
  const sending = useCommand({
    perform: (document: NewDocument, signal) => {
      setShare(0);
      return upload<ArchivedDocument>(`/api/v1/customers/${customerId}/documents`, formOf(document), {
        onProgress: setShare,
        signal,
      });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['archive', customerId] });
      onDone();
    },
  });
  return { share, sending };
}

/** Puts the file last, so that the API can encrypt it under the key of its class while receiving it. */
function formOf({ file, ...fields }: NewDocument): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value.trim());
  form.append('file', file!);
  return form;
}
