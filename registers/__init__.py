"""The registers of the house, one module a domain; importing this package fills the catalogue."""

from grc import register
from grc.charts import board
from grc.delegations import DELEGATIONS
from grc.units import UNITS
from registers import (
    audits,
    boards,
    committees,
    compliance,
    continuity,
    control,
    correction,
    crisis,
    isms,
    isms_audits,
    isms_checks,
    oversight,
    plan,
    privacy,
    privacy_mark,
    procurement,
    shared,
)

register.add(*plan.REGISTERS, *shared.REGISTERS, *correction.REGISTERS, *privacy.REGISTERS, *privacy_mark.REGISTERS,
             *isms.REGISTERS, *isms_checks.REGISTERS, *isms_audits.REGISTERS, *compliance.REGISTERS, *crisis.REGISTERS, *continuity.REGISTERS,
             *audits.REGISTERS, *procurement.REGISTERS, *oversight.REGISTERS, *committees.REGISTERS, *control.REGISTERS, UNITS, DELEGATIONS)
board.add(*boards.BOARDS)
