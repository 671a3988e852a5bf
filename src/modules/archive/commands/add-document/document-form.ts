import type { Request } from 'express';
import { RETENTION_CLASSES, type RetentionClass } from '../../../../kernel/retention';
import { readMultipartForm } from '../../../../platform/http/multipart-form';
import { invalid, ValidationPipe } from '../../../../platform/http/validation.pipe';
import { AddDocumentRequest } from './add-document.request';
import type { IncomingDocument } from './incoming-document';

const FILE = 'file';
const validation = new ValidationPipe();

/**
 * Reads the body of a request as a document: JSON, or a form with a file. If the file is the last field, it is written
 * once instead of twice.
 */
export const documentIn = (request: Request, mostBytes: number): IncomingDocument => ({
  read: async (take) => {
    if (!request.is('multipart/form-data')) return validated(request.body);
    const { fields, taken } = await readMultipartForm(
      request,
      { field: FILE, mostBytes },
      async ({ bytes, fileName, fieldsBefore }) => {
        await take(bytes, classIn(fieldsBefore.retentionClass));
        return { fileName };
      },
    );
    if (taken === null) throw invalid(FILE, 'IS_DEFINED');
    return validated({ ...taken, ...fields });
  },
});

const classIn = (text: string | undefined): RetentionClass | null =>
  RETENTION_CLASSES.find((retentionClass) => retentionClass === text) ?? null;

const validated = async (fields: unknown): Promise<AddDocumentRequest> =>
  (await validation.transform(fields, { type: 'body', metatype: AddDocumentRequest })) as AddDocumentRequest;
