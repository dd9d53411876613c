import { useState } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from '../kit/Button';
import { useSession } from '../kit/session';
import { useWords } from '../kit/words';
import kit from '../kit/components.module.css';
import { pinAddress, readServerMoment, unpinAddress } from './pinnedAddress';
import { watchesFigures } from '../kit/proofs';
import { useMoment } from './useMoment';
import { words as appWords } from './words';

const SAID_MILLISECONDS = 3_000;

/** Copies the address of the page: live, or pinned to what is known now where the reader may see that later. */
export function LinkMenu() {
  const words = useWords(appWords);
  const { moment, canShow } = useMoment();
  const pins = watchesFigures(useSession()) && canShow;
  const [copied, setCopied] = useState(false);
  const copy = async (kind: 'live' | 'pinned') => {
    const address =
      kind === 'live'
        ? unpinAddress(location.href)
        : pinAddress(location.href, moment ?? (await readServerMoment()));
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
          {pins ? (
            <MenuItem id="pinned" className={kit.option!}>
              {words.pinnedLink}
            </MenuItem>
          ) : null}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
