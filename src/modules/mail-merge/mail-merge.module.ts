import { Module } from '@nestjs/common';
import { Recipients } from './letters/recipients';
import { WriteLettersController } from './queries/write-letters/write-letters.controller';
import { WriteLettersHandler } from './queries/write-letters/write-letters.handler';

/** Letters to the customers of a selection. */
@Module({ controllers: [WriteLettersController], providers: [WriteLettersHandler, Recipients] })
export class MailMergeModule {}
