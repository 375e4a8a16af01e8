"""A card that shares its group with a network card: Ferry says no, says why, and nothing is changed."""
import re

import road
import traveller

IMPOSSIBLE = 4


class Refusal(road.Road):
    def travel(self):
        self.step("starts, and Ferry is installed", self.install)
        self.step("the card in a shared group is told apart", self.told)
        self.step("apply is refused, and nothing is changed", self.refused)

    def told(self):
        # Its bus number is given by the firmware.
        found = re.search(r"^(\S+) .*10de:13c2", self.pc.run("lspci -Dnn").output.replace("[", "").replace("]", ""), re.MULTILINE)
        if not found:
            return "the card is not there: " + self.pc.run("lspci -Dnn").output
        self.card = found[1]
        cards = self.user.look("cards").output
        part = re.search(r"^  (\S+) .*GTX 970.*$", cards, re.MULTILINE)
        if not part or part[1] != "no":
            return cards
        return "" if "Ethernet" in cards or "network adapter" in cards else "no word of the network card:\n" + cards

    def refused(self):
        answer = self.user.change("apply", "--card", self.card, *self.options)
        if answer.status != IMPOSSIBLE:
            return "status %d\n%s" % (answer.status, answer.output)
        return traveller.wrong_files(self.files, traveller.files(self.pc))
