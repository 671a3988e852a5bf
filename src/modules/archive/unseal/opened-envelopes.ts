import { type OpenedEnvelope, openEnvelope } from '../crypto/fiscal-seal';
import type { SealedDocuments } from './sealed-documents';

/** Envelopes opened with the offline identity, each once, since a batch of customers shares one. */
export class OpenedEnvelopes {
  private readonly opened = new Map<string, OpenedEnvelope>();

  constructor(
    private readonly documents: SealedDocuments,
    private readonly identityText: string,
  ) {}

  /** Errors as in `openEnvelope`. */
  async get(envelopeId: string): Promise<OpenedEnvelope> {
    const known = this.opened.get(envelopeId);
    if (known !== undefined) return known;
    const envelope = await openEnvelope(await this.documents.sealedKeyOf(envelopeId), this.identityText);
    this.opened.set(envelopeId, envelope);
    return envelope;
  }

  dispose(): void {
    for (const envelope of this.opened.values()) envelope.dispose();
    this.opened.clear();
  }
}
