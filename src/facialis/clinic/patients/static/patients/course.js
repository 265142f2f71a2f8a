// Where the course is wider than the screen, it begins with today.

for (const box of document.querySelectorAll(".course-box")) box.scrollLeft = box.scrollWidth;
