import { Injectable } from '@nestjs/common';
import { ArchiveSample } from './archive-sample';
import { StrandedContents, type SweptCounts } from './stranded-contents';

export interface CheckedContents extends SweptCounts {
  /** of a sample of the contents that documents name */
  readonly unreadable: number;
}

/** Compares archive folder and database, in both directions. */
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
