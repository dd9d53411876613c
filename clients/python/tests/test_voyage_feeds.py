"""Unit tests of the library in Python: python3 -m unittest, in the folder clients/python."""
import base64
import json
import tempfile
import unittest
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from voyage_feeds import BrokenFeedError, FeedCopy, TokenSource, WebhookReceiver, canonicalize

EXAMPLES = Path(__file__).parents[3] / "contracts/feeds/events/examples"
KEYS = {"1": base64.urlsafe_b64decode("cTjQDLlLfUabNJmwv6k9zXijWVGRybAhFOdiRJMHLH0=")}


def read(name):
    return json.loads((EXAMPLES / name).read_bytes())


EVENTS = sorted((read(file.name) for file in EXAMPLES.iterdir() if "withheld" not in file.name), key=lambda event: event["id"])


class FeedCopyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.copy = FeedCopy(self.folder)

    def assert_broken(self, event, message, keys=KEYS):
        before = self.copy.position, self.copy.chain, dict(self.copy.records)
        with self.assertRaisesRegex(BrokenFeedError, message):
            self.copy.accept(event, keys)
        self.assertEqual((self.copy.position, self.copy.chain, self.copy.records), before)

    def test_the_examples_of_the_contract_are_a_feed_also_with_a_restart_at_each_event(self):
        for event in EVENTS[:43]:
            self.copy = FeedCopy(self.folder)
            self.assertTrue(self.copy.accept(event, KEYS))
            self.assertFalse(self.copy.accept(event, KEYS))
            self.copy.save()
        self.assertEqual(len(self.copy.records), 6)
        self.assertTrue(self.copy.accept(EVENTS[43], KEYS))
        self.assertEqual((self.copy.position, self.copy.records), ("2-0000000000000001", {}))

    def test_a_gap_changed_data_another_chain_and_a_tampered_checkpoint_are_refused_and_change_nothing(self):
        first, second = EVENTS[:2]
        self.assert_broken(second, "a gap")
        self.assert_broken({**first, "data": {**first["data"], "kind": "corrected"}}, "do not match their digest")
        self.assert_broken({**first, "chain": second["chain"]}, "the chain breaks")
        self.assert_broken({**first, "op": "delete"}, "does not fit its data")
        self.assert_broken({**first, "op": "reset"}, "does not fit its data")
        for event in EVENTS[:42]:
            self.copy.accept(event, KEYS)
        checkpoint = EVENTS[42]
        changed = {**checkpoint["data"], "time": "2026-11-28T10:43:01Z"}
        self.assert_broken({**checkpoint, "data": changed}, "do not match their digest")
        self.assert_broken({**checkpoint, "source": "/voyage/feeds/another"}, "does not hold")
        self.assert_broken(checkpoint, "does not hold", {})
        self.copy.start_from(EVENTS[41]["id"], {})
        self.assert_broken({**checkpoint, "chain": second["chain"]}, "the chain breaks")
        self.assertTrue(self.copy.accept(checkpoint, KEYS))

    def test_events_without_op_have_that_of_their_kind(self):
        for event in EVENTS[:44]:
            self.copy.accept({name: value for name, value in event.items() if name != "op"}, KEYS)
        self.assertEqual((self.copy.position, self.copy.records), ("2-0000000000000001", {}))

    def test_the_file_is_written_for_a_change_only(self):
        self.copy.accept(EVENTS[0], KEYS)
        self.copy.save()
        self.copy.file.write_text("{}")
        self.copy.accept(EVENTS[0], KEYS)
        self.copy.save()
        self.assertEqual(self.copy.file.read_text(), "{}")

    def test_withheld_data_delete_the_record_and_keep_the_chain(self):
        withheld = read("overseas-school.created-withheld.json")
        self.copy.records[withheld["subject"]] = {}
        self.copy.accept(withheld, KEYS)
        self.assertEqual(self.copy.records, {})
        self.assertTrue(self.copy.accept(read("overseas-school.corrected.json"), KEYS))

    def test_json_is_canonical(self):
        value = {"\ufb33": [1.0, 1e21, 1e-7, 1e-6, 1e20, -0.0, 333333333.33333329, True, None], "😀": 'a\u000f\n"\\汉', "b": {}}
        self.assertEqual(
            canonicalize(value),
            '{"b":{},"😀":"a\\u000f\\n\\"\\\\汉","\ufb33":[1,1e+21,1e-7,0.000001,100000000000000000000,0,333333333.3333333,true,null]}')


class WebhookReceiverTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.keys = Path(folder.name, "keys")
        self.receiver = WebhookReceiver(None, self.keys)

    def test_a_webhook_counts_by_the_example_of_standard_webhooks_for_five_minutes_with_its_own_body(self):
        self.keys.write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
        sent, body = 1614265330, b'{"test": 2432232314}'
        headers = {"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": str(sent),
                   "webhook-signature": "v2,abc v1,abc v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}
        self.assertTrue(self.receiver.is_signed(headers, body, sent + 299))
        self.assertEqual(self.receiver.handle(headers, body)[0], 401)
        self.receiver.is_signed = lambda *_: True
        self.assertEqual(self.receiver.handle(headers, body)[0], 422)
        del self.receiver.is_signed
        self.assertFalse(self.receiver.is_signed(headers, body, sent + 301))
        self.assertFalse(self.receiver.is_signed(headers, body.replace(b"14}", b"15}"), sent))
        self.assertFalse(self.receiver.is_signed({**headers, "webhook-timestamp": str(sent + 1)}, body, sent))
        self.assertFalse(self.receiver.is_signed({}, body, sent))

    def test_a_public_key_verifies_ed25519(self):
        key = Ed25519PrivateKey.generate()
        self.keys.write_text("whpk_" + base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode())
        signature = "v1a," + base64.b64encode(key.sign(b"f_1.1000.{}")).decode()
        headers = {"webhook-id": "f_1", "webhook-timestamp": "1000", "webhook-signature": signature}
        self.assertTrue(self.receiver.is_signed(headers, b"{}", 1000))
        self.assertFalse(self.receiver.is_signed({**headers, "webhook-id": "f_2"}, b"{}", 1000))


class TokenSourceTest(unittest.TestCase):
    def test_a_token_is_renewed_before_it_expires_or_when_it_was_refused(self):
        answers = iter([{"access_token": "t1", "expires_in": 0}, {"access_token": "t2", "expires_in": 3600}, {"access_token": "t3"}])
        tokens = TokenSource(lambda: next(answers))
        self.assertEqual([tokens.get(), tokens.get(), tokens.get()], ["t1", "t2", "t2"])
        tokens.forget("t1")
        self.assertEqual(tokens.get(), "t2")
        tokens.forget("t2")
        self.assertEqual(tokens.get(), "t3")


if __name__ == "__main__":
    unittest.main()
