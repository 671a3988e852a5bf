import { v7 } from 'uuid';

/** UUID version 7 (RFC 9562): ordered by time and never reissued, not even after a restore. */
export const newId = (): string => v7();
