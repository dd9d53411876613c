import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from '../kit/Button';
import { useWords } from '../kit/words';
import kit from '../kit/components.module.css';
import { pinAddress, readServerMoment, unpinAddress } from './pinnedAddress';
import { words as appWords } from './words';

const SAID_MILLISECONDS = 3_000;

/** Copies the address of the page: live, or pinned to what is known now. */
export function LinkMenu() {
  const words = useWords(appWords);
  const { asOf } = useSearch({ strict: false }) as { asOf?: string };
  const [copied, setCopied] = useState(false);
  const copy = async (kind: 'live' | 'pinned') => {
    const address =
      kind === 'live'
        ? unpinAddress(location.href)
        : pinAddress(location.href, asOf ?? (await readServerMoment()));
    await navigator.clipboard.writeText(address);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MILLISECONDS);
  };
  return (
    <MenuTrigger>
      <Button>{copied ? `✓ ${words.linkCopied}` : `${words.copyLink} ▾`}</Button>
      <Popover className={kit.popover!} placement="bottom end">
        <Menu onAction={(key) => void copy(key === 'live' ? 'live' : 'pinned')}>
          <MenuItem id="live" className={kit.option!}>
            {words.liveLink}
          </MenuItem>
          <MenuItem id="pinned" className={kit.option!}>
            {words.pinnedLink}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
