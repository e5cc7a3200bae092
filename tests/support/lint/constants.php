<?php
/** WordPress's constants that the plugin uses and its stubs don't have, for the analyser. */

const MINUTE_IN_SECONDS = 60;
const HOUR_IN_SECONDS   = 3600;
const DAY_IN_SECONDS    = 86400;
const MB_IN_BYTES       = 1048576;
