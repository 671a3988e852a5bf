import { Injectable } from '@nestjs/common';
import { ArchiveSample } from './archive-sample';
import { StrandedContents, type SweptCounts } from './stranded-contents';

export interface CheckedContents extends SweptCounts {
  /** number of contents in a sample that are missing or do not open */
  readonly unreadable: number;
}

/** Compares the archive folder with the database, in both directions. */
@Injectable()
export class ArchiveContents {
  constructor(
    private readonly stranded: StrandedContents,
    private readonly sample: ArchiveSample,
  ) {}

  async check(): Promise<CheckedContents> {
    const unreadable = await this.sample.countUnreadable();
    return { ...(await this.stranded.sweep()), unreadable };
  }
}
