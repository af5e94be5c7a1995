// Web addresses in what is read: which of them the record can keep, and which site one names.

/** The address without blanks around it, if it is one of the web; other schemes, such as `javascript:`, are not. */
export function webAddress(text: string): string | undefined {
  const address = text.trim();
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? address : undefined;
}

/** The host of an address, without `www.`, such as `example.org`. */
export function hostOf(address: string): string {
  return new URL(address).host.replace(/^www\./, '');
}

/**
 * What an address says of whose site it is: host and path, such as `example.org` or `social.example/@someone`. The
 * scheme, `www.`, a slash at the end, and what stands behind `?` and `#` are the same site.
 */
export function siteOf(address: string): string {
  return `${hostOf(address)}${new URL(address).pathname}`.replace(/\/+$/, '');
}
