"""Photographs: taken or uploaded, stored out of reach, looked at by the detector."""
