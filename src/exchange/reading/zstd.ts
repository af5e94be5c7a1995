import { Decompress } from 'fzstd';

// Zstandard, decompressed block by block: a small file may hold very much.

/** How much of what was decompressed a frame may refer back to; what every decoder has to take (RFC 8878). */
const longestWindow = 8 * 1024 * 1024;
const longestBlock = 128 * 1024;

/** @throws when it can't be decompressed. */
export async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => ready.push(chunk));
  const parts = new Parts();
  for await (const chunk of bytes) {
    for (const part of parts.of(chunk)) {
      stream.push(part, false);
      yield* ready.splice(0);
    }
  }
  parts.end();
  stream.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}

/** Takes frames apart, so that no more than a block of them is decompressed at once. */
class Parts {
  #rest: Uint8Array = new Uint8Array(0);
  #next: 'frame' | 'block' | 'checksum' = 'frame';
  #hasChecksum = false;
  /** How much of what is to be passed over is still to come. */
  #skip = 0;

  *of(chunk: Uint8Array): Generator<Uint8Array> {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (;;) {
      const skipped = Math.min(this.#skip, this.#rest.length);
      this.#rest = this.#rest.subarray(skipped);
      this.#skip -= skipped;
      if (this.#skip > 0) return;
      const part = this.#take();
      if (!part) return;
      if (part.length > 0) yield part;
    }
  }

  end(): void {
    if (this.#next !== 'frame' || this.#skip > 0 || this.#rest.length > 0) throw new Error('unexpected end of file');
  }

  /** The next part, once it is there. */
  #take(): Uint8Array | undefined {
    if (this.#next === 'frame') return this.#frame();
    if (this.#next === 'block') return this.#block();
    return this.#first(4, 'frame');
  }

  #first(length: number, next: 'frame' | 'block' | 'checksum'): Uint8Array | undefined {
    if (this.#rest.length < length) return undefined;
    const part = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    this.#next = next;
    return part;
  }

  #frame(): Uint8Array | undefined {
    if (this.#rest.length < 8) return undefined;
    const magic = this.#number(0, 4);
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
      this.#skip = 8 + this.#number(4, 4);
      return new Uint8Array(0);
    }
    if (magic !== 0xfd2fb528) throw new Error('it is not Zstandard');
    const flags = this.#number(4, 1);
    const isWhole = (flags & 0x20) !== 0;
    const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
    const size = [isWhole ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
    const start = isWhole ? 5 : 6;
    const length = start + dictionary + size;
    if (this.#rest.length < length) return undefined;
    const window = isWhole ? this.#number(start + dictionary, size) + (size === 2 ? 256 : 0) : windowOf(this.#number(5, 1));
    if (window > longestWindow) throw new Error('it was compressed with --ultra or --long; compress it without');
    this.#hasChecksum = (flags & 4) !== 0;
    return this.#first(length, 'block');
  }

  #block(): Uint8Array | undefined {
    if (this.#rest.length < 3) return undefined;
    const header = this.#number(0, 3);
    const [isLast, type, size] = [(header & 1) !== 0, (header >> 1) & 3, header >> 3];
    if (type === 3 || size > longestBlock) throw new Error('a block is larger than it may be');
    return this.#first(type === 1 ? 4 : 3 + size, !isLast ? 'block' : this.#hasChecksum ? 'checksum' : 'frame');
  }

  /** Little-endian. */
  #number(at: number, length: number): number {
    let value = 0;
    for (let i = length - 1; i >= 0; i -= 1) value = value * 256 + (this.#rest[at + i] ?? 0);
    return value;
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
