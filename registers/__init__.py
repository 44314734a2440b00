"""The registers of the house, one module a domain; importing this package fills the catalogue."""

from grc import register
from grc.units import UNITS
from registers import procurement

register.add(*procurement.REGISTERS, UNITS)
