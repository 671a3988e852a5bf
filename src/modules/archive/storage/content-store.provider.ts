import type { Provider } from '@nestjs/common';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { CONTENT_STORE } from '../archive-tokens';
import { LocalContentStore } from './local-content-store';

/** The content store in the archive folder of the settings. */
export const CONTENT_STORE_PROVIDER: Provider = {
  provide: CONTENT_STORE,
  inject: [LetheConfig],
  useFactory: (config: LetheConfig) => LocalContentStore.open(config.archiveFolder),
};
