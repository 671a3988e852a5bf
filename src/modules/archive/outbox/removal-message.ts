import { appendToOutbox } from '../../../platform/outbox/outbox';

/** Topic of the messages that remove a content from the store. */
export const REMOVE_CONTENT = 'archive.remove-content';

/** SQL that schedules the removal of contents after commit; `rows` is everything after SELECT content_id. */
export const removeContents = (rows: string): string =>
  appendToOutbox(REMOVE_CONTENT, `SELECT jsonb_build_object('contentId', content_id) ${rows}`);
