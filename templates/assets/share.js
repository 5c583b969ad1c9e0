// The share sheet of the browser, for a card: its title and the address that leads to it.
(function () {
  "use strict";
  document.querySelectorAll("[data-share]").forEach(function (button) {
    var card = document.getElementById(button.dataset.share);
    var title = card.querySelector(".kb-title");
    button.hidden = false;
    button.addEventListener("click", function () {
      var url = new URL("#" + card.id, location.href).href;
      navigator.share({ title: title ? title.textContent : document.title, url: url }).catch(function () {});
    });
  });
})();
