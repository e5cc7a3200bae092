<?php
declare(strict_types=1);

// The one worker of a pool of its own. Whoever is sent here gets no answer: the first is in this loop, the others are
// in the queue of its socket, until they hang up themselves.
while (true) {
	sleep(3600);
}
