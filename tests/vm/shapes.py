"""The virtual PCs as QEMU's options: processor and IOMMU, cards and where they are plugged in, the board's names.

A shape is a list of options; "ids" are what pci_ids.py gives to emulated devices. Where a device sits is fixed, so that the roads
can name it by its address.
"""
CARD, CARD_AUDIO = "0000:01:00.0", "0000:01:00.1"
HOST_CARD = "0000:00:02.0"

# No erms, no fsrm: what processors do fast by them, emulation does byte by byte.
PROCESSORS = {
    # Without VMX: QEMU's emulation has none. The i7-4790K of the reference computer, by its name.
    "intel": ["-machine", "q35,kernel-irqchip=split",
              "-cpu", "max,-la57,-erms,-fsrm,-svm,vendor=GenuineIntel,xlevel=0x80000008,family=6,model=60,stepping=3,"
                      "model-id=Intel(R) Core(TM) i7-4790K CPU @ 4.00GHz",
              "-device", "intel-iommu,intremap=on,caching-mode=on"],
    # With SVM, so that a virtual machine inside runs under (emulated) KVM. The IOMMU takes the slot 00:01.0.
    "amd": ["-machine", "q35",
            "-cpu", "max,-la57,-erms,-fsrm,vendor=AuthenticAMD,family=23,model=113,stepping=0,"
                    "model-id=AMD Ryzen 7 3700X 8-Core Processor",
            "-device", "amd-iommu,intremap=on,dma-remap=on"],
}
VENDORS = {"intel": "GenuineIntel", "amd": "AuthenticAMD"}

# The screen of the system, and a card with its audio function alone behind its port.
CARDS = """
VGA,id=hostcard,bus=pcie.0,addr=2.0
pcie-root-port,id=port1,bus=pcie.0,addr=3.0,multifunction=on,chassis=1,slot=1
secondary-vga,id=card,bus=port1,addr=0.0,multifunction=on
intel-hda,id=cardaudio,bus=port1,addr=0.1
"""
# An older card behind a PCI bridge, in one group with a network card.
OLD_CARDS = """
pcie-root-port,id=port2,bus=pcie.0,addr=3.1,chassis=2,slot=2
pcie-pci-bridge,id=bridge,bus=port2
ati-vga,id=oldcard,bus=bridge,addr=1.0
e1000,id=oldnetwork,bus=bridge,addr=2.0,romfile=
"""
DISK = """
pcie-root-port,id=port3,bus=pcie.0,addr=1c.0,multifunction=on,chassis=3,slot=3
nvme,id=nvme,bus=port3,drive=system,serial=SYSTEM,bootindex=1
"""
# USB and network on ports of their own; audio and USB of the chipset.
BOARD = """
pcie-root-port,id=port4,bus=pcie.0,addr=1c.1,chassis=4,slot=4
qemu-xhci,id=usb,bus=port4
pcie-root-port,id=port5,bus=pcie.0,addr=1c.2,chassis=5,slot=5
e1000e,id=network,bus=port5,netdev=lan,romfile=
ich9-intel-hda,id=audio,bus=pcie.0,addr=1b.0
ich9-usb-ehci1,id=ehci,bus=pcie.0,addr=1d.7,multifunction=on
ich9-usb-uhci1,bus=pcie.0,addr=1d.0,multifunction=on,masterbus=ehci.0,firstport=0
"""
# A second card behind a switch that does not separate what is behind it, so it shares its group with a network card.
# The switch's ports are functions of one slot: in slots of their own they would have groups of their own.
SWITCH = """
pcie-root-port,id=port6,bus=pcie.0,addr=1c.3,chassis=6,slot=6
x3130-upstream,id=up,bus=port6
xio3130-downstream,id=down0,bus=up,addr=0.0,multifunction=on,chassis=7,slot=7
xio3130-downstream,id=down1,bus=up,addr=0.1,chassis=8,slot=8
secondary-vga,id=card2,bus=down0,addr=0.0,multifunction=on
intel-hda,id=card2audio,bus=down0,addr=0.1
e1000e,id=network2,bus=down1,romfile=
"""
# The reference board's names (SMBIOS types 0 to 3).
NAMES = ["type=0,vendor=American Megatrends Inc.,version=3003,date=10/28/2015,uefi=on",
         "type=1,manufacturer=ASUS,product=All Series,version=System Version,serial=System Serial Number",
         "type=2,manufacturer=ASUSTeK COMPUTER INC.,product=MAXIMUS VII RANGER,version=Rev 1.xx,serial=140829712301234",
         "type=3,manufacturer=Chassis Manufacture,version=Chassis Version"]

# A GeForce GTX 1070 with its audio.
GTX1070 = [("card", "10de:1b81:1043:85aa", "030000"), ("cardaudio", "10de:10f0:1043:85aa", None)]
GTX970 = [("card2", "10de:13c2:1043:8508", "030000"), ("card2audio", "10de:0fbb:1043:8508", None)]
# The card is the same model as the system's own, as QEMU names both; the system's must have a driver for its screen.
TWIN = [("card", "1234:1111:1af4:1100", "030000")]
# A Voodoo 3. As an ATI card it would have amdgpu looked at, which is ten megabytes of a module for nothing.
OLD = [("oldcard", "121a:0005", None)]


class Shape:
    def __init__(self, processor, devices, ids):
        self.vendor, self.ids = VENDORS[processor], ids
        self.options = list(PROCESSORS[processor])
        for line in devices.split():
            self.options += ["-device", line]
        for names in NAMES:
            self.options += ["-smbios", names]


DESKTOP = CARDS + OLD_CARDS + DISK + BOARD
SHAPES = {
    "intel": Shape("intel", DESKTOP, GTX1070 + OLD),
    "amd": Shape("amd", DESKTOP, GTX1070 + OLD),
    "twins": Shape("intel", DESKTOP, TWIN + OLD),
    # No more than the cards and the disk: it starts sooner.
    "bare": Shape("intel", CARDS + DISK, GTX1070),
    "shared-group": Shape("intel", DESKTOP + SWITCH, GTX1070 + GTX970 + OLD),
}
